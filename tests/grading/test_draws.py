"""What was drawn for a submission, and what keeps it out of the texts that students read."""

from __future__ import annotations

from random import Random

import pytest
from assigned import CHECKS, expected

from autograder.autodiff.probes.by_name import ONCE
from autograder.grading.draws import BLOT, Draws
from autograder.vocabulary import Check

DRAWS = Draws(CHECKS, lambda check: Random(check.id))
OPERATOR_CHECKS = [check for check in CHECKS if check.probe in ONCE]
HIDDEN = [check for check in OPERATOR_CHECKS if check.visibility == "hidden"]
PUBLIC = [check for check in OPERATOR_CHECKS if check.visibility == "public"]
SHORT = 6


def _telling(values: object) -> list[float]:
    """The numbers with so many digits that they are nobody else's."""
    numbers = [value for value in values if isinstance(value, float)]  # type: ignore[attr-defined]
    return [number for number in numbers if len(repr(abs(number)).partition("e")[0].strip("0.")) > SHORT + 2]


def test_what_was_drawn_is_the_same_at_each_call() -> None:
    draws = Draws(CHECKS, lambda check: Random())
    assert all(draws.inputs(check) is draws.inputs(check) for check in HIDDEN)


@pytest.mark.parametrize("check", HIDDEN, ids=lambda check: check.id)
@pytest.mark.parametrize("form", ["{!r}", "{:.10g}", "{:.6g}", "{:.8e}", "{:+.12f}", "x={}.", "({},"])
def test_no_number_of_a_hidden_check_is_told_in_any_form(check: Check, form: str) -> None:
    for inputs in DRAWS.inputs(check):
        for number in _telling([*inputs.values(), *expected(check, inputs).values()]):
            text = form.format(number)
            if len(text.partition("e")[0].strip("x=(,.+-0").replace(".", "")) >= SHORT:
                assert BLOT in DRAWS.without_hidden_numbers(text), text


@pytest.mark.parametrize("check", PUBLIC, ids=lambda check: check.id)
def test_what_belongs_to_a_public_check_is_told(check: Check) -> None:
    for inputs in DRAWS.inputs(check):
        numbers = [*inputs.values(), *expected(check, inputs).values()]
        text = ", ".join(f"{number:.10g}" for number in numbers if not isinstance(number, tuple))
        assert DRAWS.without_hidden_numbers(text) == text


@pytest.mark.parametrize(
    "text",
    [
        "",
        "line 12 of your cell",
        "can't multiply 3.0 by -4.0",
        "0x7f3a2b1c9d40",
        "1e400",
        "123456e999",
        "123456e-999",
        "123456.789e-400",
        "1e-999 and " + "9" * 5000,
        "…",
        "3.14159",
    ],
)
def test_any_other_text_stays_as_it_is(text: str) -> None:
    assert DRAWS.without_hidden_numbers(text) == text
