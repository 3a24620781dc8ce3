"""The training is run quickly first and with the student's own operators first; a run stops where it goes wrong."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from random import Random
from typing import Any, cast

import pytest
from assigned import ASSIGNMENT, CHECKS, OPERATORS

from autograder.autodiff.sealed.training import checks, reference_training, training_case
from autograder.grading.diagnosis import Seen
from autograder.grading.draws import Draws
from autograder.grading.methods import Judged
from autograder.grading.stepwise import grade_stepwise
from autograder.sandbox.sandbox import Sandbox
from autograder.vocabulary import Loaded, LoadMode, Observation, ObservationStatus, Outcome, Sign

CASE = training_case(seed=59, first=0, count=20, epochs=4, learning_rate=1e-4)
[TRAINING] = [check for check in checks(CASE) if check.id == "training.trajectory"]
SHORT = replace(ASSIGNMENT, checks=(*(check for check in CHECKS if check.question in OPERATORS), TRAINING))
EPOCHS = [Observation("returned", {"loss": loss}) for loss in reference_training(CASE).losses]
WRONG = Observation("returned", {"loss": 1.0})
ALL_WAYS = ["gradient_descent_in_batches", "gradient_descent_on_tape", "gradient_descent"]


@dataclass
class Box:
    """A sandbox that gives ``own`` epochs with the student's operators, and ``with_lent`` ones beside the course's."""

    own: Sequence[Observation]
    with_lent: Sequence[Observation] = ()
    mode: LoadMode = "grafted"
    ran: list[tuple[str, tuple[str, ...]]] = field(default_factory=list)

    @property
    def loaded(self) -> Loaded:
        return Loaded(self.mode, dict.fromkeys(OPERATORS, "ready"))

    def stream(self, probe: str, inputs: object, *, lent: Mapping[str, str], **limits: Any) -> Iterator[Observation]:
        self.ran.append((probe, tuple(lent)))
        yield from self.with_lent if lent else self.own


def trained(box: Box, *failed: str, follow: bool = True) -> tuple[Outcome, list[int]]:
    """The outcome of the training where these checks of operators failed, and the epochs that were told."""
    found = {check.id: Outcome(check, "failed" if check.id in failed else "passed") for check in SHORT.checks[:-1]}
    seen = {question: [Seen(check, {}, EPOCHS[0]) for check in SHORT.of(question)] for question in OPERATORS}
    told: list[int] = []

    def progress(epoch: int, epochs: int, loss: float) -> None:
        assert (epochs, loss) == (len(EPOCHS), EPOCHS[epoch - 1].values["loss"])
        told.append(epoch)

    draws = Draws(SHORT.checks, lambda check: Random(1))
    judged = Judged(box.loaded, found, seen)
    outcomes = grade_stepwise(cast("Sandbox", box), judged, SHORT, draws, follow=follow, progress=progress)
    return outcomes[TRAINING.id], told


def test_what_is_right_at_once_is_run_once_whatever_else_failed() -> None:
    outcome, told = trained(box := Box(EPOCHS, EPOCHS), "pow.chained")
    assert (outcome.outcome, box.ran, told) == ("passed", [(ALL_WAYS[0], ())], [1, 2, 3, 4])


def test_what_is_wrong_is_run_in_all_ways_and_then_with_what_the_course_lends() -> None:
    outcome, _ = trained(box := Box([WRONG], EPOCHS), "pow.chained")
    assert box.ran == [*((way, ()) for way in ALL_WAYS), (ALL_WAYS[0], ("pow",))]
    assert (outcome.outcome, outcome.score) == ("followed_through", 2 * TRAINING.points // 3)


def test_where_a_required_check_failed_nothing_runs_without_the_courses_method() -> None:
    trained(box := Box(EPOCHS, EPOCHS), "mul.local_gradients")
    assert box.ran == [(ALL_WAYS[0], ("mul",))]
    outcome, _ = trained(box := Box(EPOCHS, EPOCHS), "mul.local_gradients", follow=False)
    assert (outcome.outcome, box.ran) == ("not_reached", [])


def test_a_run_that_fails_beside_the_courses_method_shows_nothing_of_it() -> None:
    outcome, _ = trained(Box([], [EPOCHS[0], Observation("returned", {"loss": 12345.678})]), "mul.local_gradients")
    assert (outcome.outcome, outcome.sign) == ("failed", Sign.LENT_IN_VAIN)
    assert "12345" not in outcome.message
    assert "is not shown" in outcome.message


@pytest.mark.parametrize(
    "second", [WRONG, Observation("raised", error="TypeError"), replace(EPOCHS[1], status="crashed")], ids=repr
)
def test_a_run_ends_at_its_first_wrong_epoch(second: Observation) -> None:
    outcome, told = trained(box := Box([EPOCHS[0], second, *EPOCHS[2:]]))
    assert outcome.outcome == "failed"
    assert told == [1] * len(ALL_WAYS)
    assert [way for way, _ in box.ran] == ALL_WAYS


@pytest.mark.parametrize("status", ["timed_out", "out_of_time"])
def test_where_the_time_is_used_up_no_other_way_is_tried(status: ObservationStatus) -> None:
    outcome, _ = trained(box := Box([EPOCHS[0], Observation(status)]))
    assert outcome.outcome == {"timed_out": "failed", "out_of_time": "not_reached"}[status]
    assert len(box.ran) == 1


def test_a_run_without_any_epoch_is_a_crash() -> None:
    outcome, told = trained(Box([]))
    assert (outcome.outcome, outcome.sign, told) == ("failed", Sign.CHECK_CRASHED, [])


def test_a_class_of_the_students_own_is_trained_as_the_notebook_does_it() -> None:
    outcome, _ = trained(box := Box(EPOCHS, mode="as_submitted"))
    assert (outcome.outcome, box.ran) == ("passed", [(ALL_WAYS[-1], ())])
