"""Where an unknown mistake is: facts that were measured, no number, and nothing that two runs merely fit."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

import pytest
from assigned import ASSIGNMENT, CHECKS, OPERATORS
from in_process import InProcess, submitted_value

from autograder.autodiff.location import ONLY_ELSEWHERE, located
from autograder.grading import diagnosis
from autograder.grading.diagnosis import Seen


def where(question: str, **answers: str) -> str:
    """What is said of an operator with this inner function (and result) in place of the right ones."""
    box = InProcess(submitted_value({question: CELLS[question](**answers)}))
    public = [check for check in CHECKS if check.question == question and check.visibility == "public"]
    seen = [
        Seen(check, inputs, observation)
        for check in public
        for inputs, observation in zip(check.cases, box.observe(check.probe, check.cases), strict=True)
    ]
    return diagnosis.where(ASSIGNMENT, seen)


def _mul(left: str = "other.data * out.grad", right: str = "self.data * out.grad", data: str = "") -> str:
    return f"""
def __mul__(self, other):
    other = other if isinstance(other, Value) else Value(other)
    out = Value({data or "self.data * other.data"}, (self, other))

    def _backward():
        self.grad += {left}
        other.grad += {right}

    out._backward = _backward
    return out

Value.__mul__ = __mul__
"""


def _pow(local: str = "n * self.data ** (n - 1)", data: str = "self.data ** n") -> str:
    return f"""
def __pow__(self, n):
    out = Value({data}, (self,))

    def _backward():
        self.grad += {local} * out.grad

    out._backward = _backward
    return out

Value.__pow__ = __pow__
"""


CELLS: dict[str, Callable[..., str]] = {"mul": _mul, "pow": _pow}
RIGHT = "the data of the result, the data with a plain number, the result as a new Value, the children"


@pytest.mark.parametrize(
    ("answers", "told"),
    [
        ({"right": "self.data * out.grad ** 2"}, "by a factor that changes with the upstream gradient"),
        (
            {"right": "self.data ** 2 * other.data * out.grad"},
            "by a factor that does not change with the upstream gradient",
        ),
        ({"right": "self.data ** 2"}, "which does not change with the upstream gradient"),
        ({"right": "7 * self.data * out.grad"}, "by the same factor each time"),
        ({"right": "-self.data * out.grad"}, "which has the wrong sign"),
        ({"right": "0"}, "which stays 0"),
    ],
)
def test_what_the_error_follows_is_told(answers: dict[str, str], told: str) -> None:
    right = f"Right: {RIGHT}, the gradient of the left operand. "
    assert where("mul", **answers) == f"{right}Wrong: the gradient of the right operand, {told}."


def test_a_sign_that_parts_wrong_from_right_is_told_if_two_runs_of_each_show_it() -> None:
    assert where("pow", local="(n * self.data ** (n - 1) if self.data > 0 else 0)").endswith(
        "Wrong: the gradient of the operand, where the operand is negative."
    )
    assert where("mul", data="self.data * other.data if self.data >= 0 else 7.0").endswith(
        "Wrong: the data of the result, for some of the numbers; the data with a plain number, for some of the numbers."
    )


def test_what_only_other_numbers_show_is_said_to_be_so() -> None:
    assert where("pow", data="self.data ** n if n < 7 else 0.0") == ONLY_ELSEWHERE


def test_nothing_is_said_where_a_run_gave_no_result() -> None:
    assert where("pow", local="1 / 0") == ""


@pytest.mark.parametrize("answers", [{"left": "out.grad ** 3"}, {"right": "-1.0"}, {"data": "self.data"}])
def test_no_number_is_told(answers: dict[str, Any]) -> None:
    assert not re.search(r"\d*\.\d|[1-9]", where("mul", **answers))


def test_two_runs_are_too_few_for_a_factor() -> None:
    runs = [({"a": a, "upstream": 2.0}, {"a.grad": (a, 3 * a, False)}) for a in (1.5, 4.0)]
    assert located(runs) == "Wrong: the gradient of the operand."
    third = ({"a": -1.0, "upstream": 2.0}, {"a.grad": (-1.0, -3.0, False)})
    assert located([*runs, third]) == "Wrong: the gradient of the operand, by the same factor each time."


@pytest.mark.parametrize("question", OPERATORS)
def test_public_checks_have_two_runs_that_differ_in_the_upstream_gradient_alone(question: str) -> None:
    cases = [
        one for check in CHECKS if "local_gradient" in check.id and check.question == question for one in check.cases
    ]
    alike = [{**one, "upstream": 0} for one in cases]
    assert any(alike.count(one) > 1 for one in alike)
