"""What Python's own messages are about: told by Python itself, and nothing else is taken for one."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np
import pytest
from in_process import submitted_value

from autograder.grading.python_errors import subject

Value = submitted_value({})
LEAF = Value(3)


ANY: Any = {"two": lambda first, second: None, "isinstance": isinstance, "object": object()}
"""Functions that are called as their types forbid."""


def attach(thing: Any) -> None:
    thing._backward = print


@pytest.mark.parametrize(
    ("stops", "about"),
    [
        (lambda: Value(1, (LEAF,), "*"), "too many arguments of Value"),
        (lambda: Value(1, (LEAF,), _op="*"), "unknown argument of Value"),
        (lambda: Value(), "missing argument of Value"),
        (lambda: Value(1, LEAF), "Value not iterable"),
        (lambda: Value(1, 2.0), "number not iterable"),
        (lambda: Value((1, (LEAF,))), "tuple as number"),
        (lambda: Value(LEAF), "Value as number"),
        (lambda: LEAF > 0, "Value as number"),
        (lambda: max(0, LEAF), "Value as number"),
        (lambda: abs(LEAF), "Value as number"),
        (lambda: LEAF // LEAF, "Value as number"),
        (lambda: ANY["object"] * ANY["object"], "object with its like"),
        (lambda: np.maximum(0, LEAF), "Value as number"),
        (lambda: np.float64(2.0) ** LEAF, "Value as exponent"),
        (lambda: 2.0**LEAF, "Value as exponent"),
        (lambda: attach(2.0), "_backward of number"),
        (lambda: attach(np.float64(2.0)), "_backward of number"),
        (lambda: attach((2.0,)), "attribute of tuple"),
        (lambda: LEAF.gard, "attribute of Value"),
        (lambda: LEAF(), "Value not callable"),
        (lambda: (LEAF.data > 0)(2.0), "number not callable"),
        (lambda: LEAF._backward()(), "NoneType not callable"),
        (lambda: ANY["two"](1), "missing argument"),
        (lambda: ANY["two"](1, 2, 3), "too many arguments"),
        (lambda: ANY["isinstance"](1), ""),
        (lambda: ANY["gone"], ""),
    ],
)
def test_python_tells_what_its_message_is_about(stops: Callable[[], Any], about: str) -> None:
    with pytest.raises((TypeError, AttributeError, KeyError)) as raised:
        stops()
    assert subject(str(raised.value)) == about
    assert subject(f"{raised.value} (line 3 of your cell)") == about


@pytest.mark.parametrize("text", ["", "'", "a text of the student's", "takes from 2 to 3 arguments", "'data'"])
def test_other_texts_are_about_nothing(text: str) -> None:
    assert subject(text) == ""
