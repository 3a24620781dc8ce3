"""Whatever the student's code left behind becomes a plain number or a short text."""

from __future__ import annotations

import json
import math
from decimal import Decimal
from fractions import Fraction
from typing import Any

import numpy as np
import pytest

from autograder.worker.load_cells import describe
from autograder.worker.safe_values import encoded, know_numbers, scalar


class _Float(float):
    def __eq__(self, other: object) -> bool:
        return True

    def __hash__(self) -> int:
        return 0


class _Fraction(Fraction):
    """A student's own."""


class _Decimal(Decimal):
    """A student's own."""


def _lying_fraction() -> Fraction:
    fraction = Fraction(3, 2)
    fraction._numerator = _Float(1.5)  # type: ignore[attr-defined]
    return fraction


class _Meta(type):
    def __eq__(cls, other: object) -> bool:
        return True

    def __hash__(cls) -> int:
        return hash(float)


class _AnyClass(metaclass=_Meta):
    __module__ = "numpy"

    def item(self) -> float:
        return 1.0


@pytest.mark.parametrize(
    ("value", "plain"),
    [
        (1, 1),
        (1.5, 1.5),
        (-0.0, -0.0),
        (2**53, 2**53),
        (np.float64(1.5), 1.5),
        (np.float32(0.5), 0.5),
        (np.int64(7), 7),
        (2**53 + 1, "int beyond 2**53"),
        pytest.param(10**20000, "int beyond 2**53", id="huge"),
        (True, "bool True"),
        (np.bool_(False), "bool False"),
        (math.nan, "nan"),
        (-math.inf, "-inf"),
        (np.float64("inf"), "inf"),
        (None, "None"),
        ("1.5", "an object of type str"),
        (_Float(1.5), "an object of type _Float"),
        (_AnyClass(), "an object of type _AnyClass"),
        (np.array(1.5), 1.5),
        (np.array([1.5]), "an object of type ndarray"),
        (np.array(1.5, dtype=object), 1.5),
        (np.array(np.float64(1.5), dtype=object), 1.5),
        (np.array(_Float(1.5), dtype=object), "an object of type _Float"),
        (1j, "an object of type complex"),
        (np.longdouble(1.5), 1.5),
        (np.array(np.longdouble(1.5)), 1.5),
        (np.longdouble("1e4000"), "inf"),
        (Fraction(3, 2), 1.5),
        (_Fraction(3, 2), "an object of type _Fraction"),
        (_lying_fraction(), "an object of type Fraction"),
        (Decimal("1.5"), 1.5),
        (Decimal("nan"), "nan"),
        (_Decimal("1.5"), "an object of type _Decimal"),
    ],
)
def test_only_plain_finite_numbers_pass(value: Any, plain: Any) -> None:
    know_numbers()
    assert scalar(value) == plain
    assert type(scalar(value)) is type(plain)


def test_messages_are_json() -> None:
    message = {"values": {"a.grad": 1.5, 'quote"': -3, "ä\n": "text"}, "list": [True, False, [0, 1e-300]]}
    assert json.loads(encoded(message)) == message
    assert encoded(message).isascii()


def _described(code: str) -> list[Any]:
    try:
        exec(compile(code, "<cell 3>", "exec"), {})
    except BaseException as error:
        return describe(error)
    raise AssertionError("nothing was raised")


@pytest.mark.parametrize(
    ("code", "row"),
    [
        ("\n\n1 / 0", ["ZeroDivisionError", "division by zero", 3]),
        ("class Mine(KeyError): pass\nraise Mine('key')", ["KeyError", "'key'", 2]),
        ("class Mine(Exception): pass\nraise Mine", ["Exception", "", 2]),
        ("import json\njson.loads('{')", ["ValueError", "Expecting property name", 2]),
        ("import sys\nsys.exit(3)", ["SystemExit", "3", 2]),
        ("raise ValueError('x' * 10**6)", ["ValueError", "x" * 1000, 1]),
        ("class Bad(Exception):\n    def __str__(self):\n        raise self\nraise Bad", ["Exception", "(its", 4]),
        ("class Bad(Exception):\n    def __str__(self):\n        while 1: pass\nraise Bad", ["Exception", "(its", 4]),
        ("class Bad(Exception):\n    def __str__(self): return 5\nraise Bad", ["Exception", "(its message cannot", 3]),
        (
            "class Meta(type):\n    __name__ = 'ValueError'\nclass Bad(Exception, metaclass=Meta): pass\nraise Bad",
            ["Exception", "", 4],
        ),
    ],
)
def test_an_exception_is_told_by_its_built_in_class_its_message_and_the_students_line(
    code: str, row: list[Any]
) -> None:
    name, message, line, cell = _described(code)
    assert [name, line, cell] == [row[0], row[2], 3]
    assert message.startswith(row[1])
    assert len(message) <= 1000
