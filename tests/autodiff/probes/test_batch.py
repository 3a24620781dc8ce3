"""A batch computes number by number, compares only what agrees, and tells nothing else about its numbers."""

from __future__ import annotations

import math
import operator
from collections.abc import Callable
from typing import Any

import pytest

from autograder.autodiff.probes.batch import Batch, NoSingleNumberError, spread, total

LEFT, RIGHT = [2.0, -0.5, 3.0], [4.0, 0.25, -1.0]
ARITHMETIC = (operator.add, operator.sub, operator.mul, operator.truediv, operator.pow)
COMPARISONS = (operator.lt, operator.le, operator.gt, operator.ge, operator.eq, operator.ne)


@pytest.mark.parametrize("operation", ARITHMETIC)
def test_arithmetic_is_done_number_by_number(operation: Callable[[Any, Any], Any]) -> None:
    left, right = Batch([2.0, 0.5, 3.0]), Batch(RIGHT)
    assert operation(left, right).numbers == [operation(a, b) for a, b in zip([2.0, 0.5, 3.0], RIGHT, strict=True)]
    assert operation(left, 2).numbers == [operation(a, 2) for a in [2.0, 0.5, 3.0]]
    assert operation(1.5, right).numbers == [operation(1.5, b) for b in RIGHT]


def test_a_total_is_added_up_number_by_number() -> None:
    added = total([1.5, Batch(LEFT), 2, Batch(RIGHT)])
    assert added.numbers == [3.5 + a + b for a, b in zip(LEFT, RIGHT, strict=True)]
    assert total([1.5, 2]) == 3.5
    with pytest.raises(NoSingleNumberError):
        total([Batch(LEFT), Batch(RIGHT[:2])])


@pytest.mark.parametrize("operation", [operator.neg, operator.pos, operator.abs])
def test_signs_are_changed_number_by_number(operation: Callable[[Any], Any]) -> None:
    assert operation(Batch(LEFT)).numbers == [operation(a) for a in LEFT]


def test_a_gradient_begins_at_zero_and_a_batch_is_never_changed() -> None:
    batch = Batch(LEFT)
    grad: Any = 0
    grad += batch
    grad += batch
    assert (grad.numbers, batch.numbers) == ([4.0, -1.0, 6.0], LEFT)


def test_true_and_false_are_one_and_zero_as_in_a_product_with_a_comparison() -> None:
    assert (Batch(RIGHT) * True).numbers == RIGHT
    assert (False * Batch(RIGHT)).numbers == [0.0, 0.0, -0.0]


@pytest.mark.parametrize("operation", COMPARISONS)
def test_a_comparison_needs_one_answer_for_all_numbers(operation: Callable[[Any, Any], Any]) -> None:
    batch = Batch([1.0, 2.0, 3.0])
    for limit in (0, 2, 4):
        answers = {operation(number, limit) for number in batch.numbers}
        if len(answers) == 1:
            assert operation(batch, limit) is answers.pop()
        else:
            with pytest.raises(NoSingleNumberError):
                operation(batch, limit)
    assert operation(batch, Batch([5.0, 6.0, 7.0])) is operation(1, 5)


def test_max_with_zero_is_the_batch_or_zero() -> None:
    positive = Batch([1.0, 2.0])
    assert max(0, positive) is positive
    assert max(0, Batch([-1.0, -2.0])) == 0
    with pytest.raises(NoSingleNumberError):
        max(0, Batch([-1.0, 2.0]))


def test_a_batch_is_true_if_all_numbers_are() -> None:
    assert (bool(Batch([1.0, 2.0])), bool(Batch([0.0, -0.0]))) == (True, False)
    with pytest.raises(NoSingleNumberError):
        bool(Batch([0.0, 1.0]))


ASKS: dict[str, Callable[[Any], Any]] = {
    "float": float,
    "int": int,
    "complex": complex,
    "round": round,
    "floor": math.floor,
    "ceil": math.ceil,
    "trunc": math.trunc,
    "exp": math.exp,
    "isnan": math.isnan,
    "index": lambda batch: [1, 2][batch],
    "repr": repr,
    "str": str,
    "format": lambda batch: f"{batch:.2f}",
    "hash": hash,
    "set": lambda batch: {batch},
    "len": len,
    "iter": list,
    "item": lambda batch: batch[0],
    "in": lambda batch: 1.0 in batch,
    "%": lambda batch: batch % 2,
    "% on the right": lambda batch: 2 % batch,
    "//": lambda batch: batch // 2,
    "divmod": lambda batch: divmod(2, batch),
    "+ text": lambda batch: batch + "1",
    "+ a longer one": lambda batch: batch + Batch([1.0, 2.0, 3.0, 4.0]),
    "== None": lambda batch: batch == None,  # noqa: E711 - as a student may write it
}


@pytest.mark.parametrize("ask", ASKS.values(), ids=ASKS)
def test_what_else_an_operator_asks_is_refused_even_if_it_catches_exceptions(ask: Callable[[Any], Any]) -> None:
    with pytest.raises(NoSingleNumberError):
        try:
            ask(Batch(LEFT))
        except Exception:
            pytest.fail("an operator could go on")


def test_a_number_is_spread_and_a_batch_is_there_already() -> None:
    assert [*spread(3, 4)] == [3, 3, 3, 3]
    assert spread(Batch(LEFT), 3) is LEFT
    with pytest.raises(NoSingleNumberError):
        spread(Batch(LEFT), 4)
