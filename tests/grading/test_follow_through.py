"""A mistake costs its points once: within its operator, in the training, and never more for what is not attempted."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from itertools import combinations
from pathlib import Path

import pytest
from assigned import ASSIGNMENT, CHECKS, OPERATORS
from specimens import answer_name, skeleton, solution_answers, with_answers, write

from autograder import settings
from autograder.autodiff.sealed.training import OPERATORS_WORK
from autograder.grading import pipeline
from autograder.grading.diagnosis import Seen
from autograder.grading.follow_through import in_part, in_vain, lendings, within_methods
from autograder.grading.methods import Judged
from autograder.vocabulary import (
    Assignment,
    Check,
    Loaded,
    MethodState,
    Observation,
    ObservationStatus,
    Outcome,
    Report,
    Sign,
)

TRAINING = [check for check in CHECKS if check.question == "training"]
RETURNED = Observation("returned", {"out.data": 1.0})


def overwriting(question: str) -> tuple[str, str]:
    """The solution's answer with ``=`` for ``+=``."""
    return question, solution_answers()[question].replace("+=", "=")


def blank(question: str) -> tuple[str, str]:
    return question, next("".join(cell["source"]) for cell in skeleton()["cells"] if answer_name(cell) == question)


def graded(folder: Path, assignment: Assignment, *answers: tuple[str, str]) -> Report:
    return pipeline.grade(write(with_answers(*answers), folder / "autodiff.ipynb"), assignment)


def outcomes(report: Report, question: str) -> set[str]:
    return {outcome.outcome for outcome in report.outcomes if outcome.check.question == question}


# --- what slips cost ----------------------------------------------------------------------------------------------


@pytest.mark.parametrize("question", OPERATORS)
def test_a_slip_in_one_operator_costs_twelve_points_at_most(
    question: str, tmp_path: Path, short_training: Assignment
) -> None:
    report = graded(tmp_path, short_training, overwriting(question))
    assert 88 <= report.score < 100
    assert outcomes(report, "training") == {"followed_through"}
    assert sum(o.score for o in report.outcomes if o.check.question == "training") == 14


@pytest.mark.parametrize("questions", [*combinations(OPERATORS, 2)])
def test_a_slip_in_two_operators_costs_twice_that_at_most(
    questions: tuple[str, str], tmp_path: Path, short_training: Assignment
) -> None:
    report = graded(tmp_path, short_training, *map(overwriting, questions))
    assert 76 <= report.score < 88
    assert sum(o.score for o in report.outcomes if o.check.question == "training") == 7


def test_where_no_operator_is_right_nothing_is_trained(tmp_path: Path) -> None:
    report = graded(tmp_path, ASSIGNMENT, *map(overwriting, OPERATORS))
    assert outcomes(report, "training") == {"not_reached"}


def test_what_is_blank_is_not_lent(tmp_path: Path) -> None:
    report = graded(tmp_path, ASSIGNMENT, overwriting("mul"), blank("relu"))
    assert outcomes(report, "training") == {"not_reached"}
    assert "followed_through" in outcomes(report, "mul")


def test_an_instructor_can_switch_it_off(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    course = replace(settings.load(), follow_through=False)
    monkeypatch.setattr(settings, "load", lambda: course)
    report = graded(tmp_path, ASSIGNMENT, overwriting("mul"))
    assert "followed_through" not in {outcome.outcome for outcome in report.outcomes}
    assert outcomes(report, "training") == {"not_reached"}
    assert report.score == 72


# --- within an operator -------------------------------------------------------------------------------------------


def judged(
    named: str = "mul.overwrites", observation: Observation = RETURNED, attempted: Iterable[str] = OPERATORS
) -> Judged:
    """Operators of which ``mul`` does not accumulate, so that two checks of its are not reached."""
    found = {check.id: Outcome(check, "passed") for check in CHECKS if check.question in OPERATORS}
    wrong = found["mul.accumulates"].check
    found[wrong.id] = Outcome(wrong, "failed", misconception=named)
    for id in ("mul.square", "mul.shared_graph"):
        found[id] = Outcome(found[id].check, "not_reached")
    runs = [Seen(check, {}, observation if check.question == "mul" else RETURNED) for check in CHECKS]
    seen = {question: [one for one in runs if one.check.question == question] for question in attempted}
    states: dict[str, MethodState] = dict.fromkeys(OPERATORS, "ready")
    return Judged(Loaded("grafted", states), found, seen)


def test_what_waits_for_a_named_mistake_follows_through() -> None:
    found = within_methods(judged())
    assert {(o.outcome, o.score) for o in found.values() if o.outcome != "passed"} == {
        ("failed", 0),
        ("followed_through", 2),
    }
    assert "A gradient that an operand already has is kept" in found["mul.square"].message


@pytest.mark.parametrize("named", ["", "mul.overwrites+mul.swapped"])
def test_what_waits_for_a_mistake_without_a_name_or_for_two_does_not(named: str) -> None:
    assert within_methods(judged(named)) == judged(named).outcomes


@pytest.mark.parametrize("status", ["raised", "timed_out", "crashed", "broke_protocol", "out_of_time"])
def test_what_gave_no_numbers_does_not(status: ObservationStatus) -> None:
    observation = replace(RETURNED, status=status)
    assert within_methods(judged(observation=observation))["mul.square"].outcome == "not_reached"


# --- what the course lends ----------------------------------------------------------------------------------------


def test_the_course_lends_what_is_wrong_and_no_more() -> None:
    assert lendings(judged(), TRAINING, ASSIGNMENT) == [("mul",)]


def test_a_flaw_that_training_does_not_ask_for_is_lent_second() -> None:
    found = judged()
    flawed = found.outcomes["pow.chained"].check
    with_flaw = replace(found, outcomes={**found.outcomes, flawed.id: Outcome(flawed, "failed")})
    assert lendings(with_flaw, TRAINING, ASSIGNMENT) == [("mul",), ("mul", "pow")]


@pytest.mark.parametrize("status", ["timed_out", "crashed", "broke_protocol", "out_of_time"])
def test_what_hangs_or_breaks_the_channel_is_not_lent(status: ObservationStatus) -> None:
    assert lendings(judged(observation=replace(RETURNED, status=status)), TRAINING, ASSIGNMENT) == []


def test_what_raises_is_attempted_and_what_raises_as_a_stub_does_is_not() -> None:
    raised = Observation("raised", error="TypeError")
    assert lendings(judged(observation=raised), TRAINING, ASSIGNMENT) == [("mul",)]
    stub = Observation("raised", error="NotImplementedError")
    assert lendings(judged(observation=stub), TRAINING, ASSIGNMENT) == []


def test_what_was_not_run_is_not_lent() -> None:
    assert lendings(judged(attempted=("pow", "relu")), TRAINING, ASSIGNMENT) == []


def test_not_all_three_are_lent() -> None:
    found = judged()
    failed = {id: Outcome(found.outcomes[id].check, "failed") for id in OPERATORS_WORK}
    assert lendings(replace(found, outcomes={**found.outcomes, **failed}), TRAINING, ASSIGNMENT) == []


@pytest.mark.parametrize("check", TRAINING, ids=lambda check: check.id)
def test_each_check_pays_a_third_for_each_operator_of_the_students(check: Check) -> None:
    one, two = (in_part(check, lent, ASSIGNMENT) for lent in (("mul",), ("mul", "relu")))
    assert (one.score, two.score) == (2 * check.points // 3, check.points // 3)
    assert 3 * two.score == check.points  # no point is lost in the parts
    assert one.message == f"With the course's `__mul__` in place of yours: {one.score} of {check.points} points."
    assert "`__mul__` and `relu`" in two.message


def test_a_run_with_the_courses_operators_that_fails_tells_nothing_of_it() -> None:
    found = in_vain(TRAINING[0], ("mul",), ASSIGNMENT, None)
    assert (found.outcome, found.score, found.sign) == ("failed", 0, Sign.LENT_IN_VAIN)
    assert "not shown" in found.message
    assert in_vain(TRAINING[0], ("mul",), ASSIGNMENT, Sign.CHECK_CRASHED).sign is Sign.CHECK_CRASHED
