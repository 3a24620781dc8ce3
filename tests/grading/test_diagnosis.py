"""What a student reads: four lines about a public check, and nothing of the grader's about a hidden one."""

from __future__ import annotations

from dataclasses import replace
from random import Random
from unittest.mock import Mock

import pytest
from assigned import ASSIGNMENT, BY_ID, CHECKS

from autograder.autodiff.probes.by_name import ONCE, describe
from autograder.grading import diagnosis
from autograder.grading.diagnosis import Seen
from autograder.vocabulary import Check, Observation, ObservationStatus

PUBLIC = BY_ID["mul.local_gradients"]
HIDDEN = [check for check in CHECKS if check.visibility == "hidden" and check.probe in ONCE]


def seen(check: Check, observation: Observation) -> Seen:
    return Seen(check, check.inputs(Random(5))[0], observation)


def lines(one: Seen) -> list[str]:
    ran = describe(one.check.probe, one.inputs)
    return diagnosis.failed(one, ran, str).message.splitlines()


def test_a_failed_public_check_tells_what_was_run_what_was_expected_what_came_and_why() -> None:
    ran, wanted, got, why = lines(seen(PUBLIC, Observation("returned", {"a.grad": 1.5, "b.grad": -2.0})))
    assert ran == "Ran: a = Value(3.0); b = Value(-4.0); out = a * b; out.grad = 0.5; out._backward()"
    assert wanted == "Expected: a.grad = -2, b.grad = 1.5"
    assert got == "Got: a.grad = 1.5, b.grad = -2"
    assert why.startswith("Why it matters: ")


def test_an_exception_in_a_public_check_is_shown_in_the_students_own_words() -> None:
    raised = Observation("raised", error="TypeError", detail="can't multiply (line 3 of your cell)")
    assert lines(seen(PUBLIC, raised))[2] == "Got: TypeError: can't multiply (line 3 of your cell)"


def test_an_exception_without_words_is_told_by_its_kind() -> None:
    assert lines(seen(PUBLIC, Observation("raised", error="ValueError")))[2] == "Got: an exception, ValueError"


@pytest.mark.parametrize("status", ["timed_out", "crashed", "broke_protocol"])
def test_a_run_without_a_result_says_what_happened(status: ObservationStatus) -> None:
    assert len(lines(seen(PUBLIC, Observation(status)))[2]) > len("Got: ") + 20


@pytest.mark.parametrize("check", HIDDEN, ids=lambda check: check.id)
def test_a_hidden_check_shows_neither_inputs_nor_expected_numbers_nor_student_text(check: Check) -> None:
    for observation in (
        Observation("returned", {"a.grad": 12345.678, "out.data": "a text of the student's"}),
        Observation("raised", error="ValueError", detail="the inputs were 12345.678"),
    ):
        one = seen(check, observation)
        text = diagnosis.failed(one, describe(check.probe, one.inputs), str).message
        assert "12345.678" not in text and "a text" not in text and "Expected" not in text
        numbers = [value for value in one.inputs.values() if isinstance(value, float)]
        assert not [value for value in numbers if str(value) in text or str(abs(value)) in text]


def test_one_number_missing_is_a_failure() -> None:
    assert seen(PUBLIC, Observation("returned", {"a.grad": -2.0, "b.grad": 1.5})).holds
    assert not seen(PUBLIC, Observation("returned", {"a.grad": -2.0})).holds


def test_what_is_expected_of_a_run_is_computed_once() -> None:
    expects = Mock(return_value={"a.grad": -2.0})
    one = seen(replace(PUBLIC, expects=expects), Observation("returned", {"a.grad": -1.0}))
    assert diagnosis.failed(one, "what was run", str).message
    assert not one.holds
    assert one.expected == {"a.grad": -2.0}
    expects.assert_called_once_with(one.inputs)


def test_nothing_observed_is_not_diagnosed() -> None:
    assert diagnosis.diagnose(ASSIGNMENT, "mul", []) is None
