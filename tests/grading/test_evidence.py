"""Typed answers are compared with what is expected, which only a public check shows."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

import pytest
from assigned import BY_ID, EVIDENCE

from autograder.grading.evidence import grade_answers
from autograder.vocabulary import Outcome, Scalar, Submission, Visibility

FIRST, SECOND = READ = tuple(EVIDENCE)[:2]


def judged(typed: Mapping[str, Scalar], visibility: Visibility = "public") -> Outcome:
    """The outcome of a check that reads two numbers, for what was typed."""
    check = replace(
        BY_ID["test_vs_train.evidence_readable"],
        visibility=visibility,
        reads=READ,
        expects=lambda inputs: {FIRST: 497.7, SECOND: (520.0, 525.0)},
    )
    [outcome] = grade_answers(Submission("", (), evidence=typed), [check]).values()
    return outcome


def test_right_numbers_pass() -> None:
    assert judged({FIRST: 497.7, SECOND: 522.0}).outcome == "passed"


def test_a_public_check_shows_what_was_expected_and_what_is_blank() -> None:
    outcome = judged({FIRST: 123.4})
    assert outcome.outcome == "failed"
    expected, got = outcome.message.splitlines()[1:3]
    assert expected.startswith("Expected: ")
    assert "497.7" in expected
    assert "123.4" in got
    assert "blank" in got


def test_a_hidden_check_shows_what_was_typed_only() -> None:
    message = judged({FIRST: 123.4, SECOND: 522.0}, "hidden").message
    assert "Expected" not in message
    assert "497" not in message
    assert "123.4" in message


@pytest.mark.parametrize("visibility", ["public", "hidden"])
def test_where_nothing_is_typed_nothing_is_judged(visibility: Visibility) -> None:
    outcome = judged({}, visibility)
    assert (outcome.outcome, outcome.message) == ("not_attempted", f"Still blank: {FIRST}, {SECOND}.")


def test_checks_that_read_nothing_are_left_to_others() -> None:
    assert grade_answers(Submission("", ()), [BY_ID["mul.forward"]]) == {}
