"""Methods are run public checks first, within limits of time; what was not run says why."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from random import Random
from typing import cast

import pytest
from assigned import ASSIGNMENT, BY_ID, CHECKS, MANIFEST

from autograder.grading import methods
from autograder.grading.draws import Draws
from autograder.grading.methods import Judged, grade_methods
from autograder.sandbox.sandbox import Sandbox
from autograder.vocabulary import Inputs, Loaded, MethodState, Observation, ObservationStatus, Outcome

MUL = [check for check in CHECKS if check.question == "mul"]
DRAWS = Draws(CHECKS, lambda check: Random(check.id))
HALF_BLANK = Observation("raised", error="NotImplementedError", detail="Question mul: fill this in")
OWN_ERROR = Observation("raised", error="NotImplementedError", detail="negative numbers")


@dataclass
class Box:
    """A sandbox that answers without running anything; it notes what it was asked, and with which budget."""

    answer: Callable[[str, Inputs], Observation]
    asked: list[tuple[str, object]] = field(default_factory=list)
    parts: list[float] = field(default_factory=list)

    @property
    def budget(self) -> Box:
        return self

    def part(self, share: float) -> str:
        self.parts.append(share)
        return f"budget {len(self.parts)}"

    def observe(self, probe: str, cases: Sequence[Inputs], budget: object) -> Iterator[Observation]:
        for inputs in cases:
            self.asked.append((probe, budget))
            yield self.answer(probe, inputs)


def judged(answer: Observation | Callable[[str, Inputs], Observation], **states: MethodState) -> tuple[Box, Judged]:
    box = Box(answer if callable(answer) else lambda probe, inputs: answer)
    loaded = Loaded("grafted", states, look_alikes={"relu": "ReLU"})
    return box, grade_methods(cast("Sandbox", box), loaded, ASSIGNMENT, DRAWS)


def of(found: Judged, question: str) -> list[Outcome]:
    return [outcome for outcome in found.outcomes.values() if outcome.check.question == question]


def number_of_runs(visibility: str) -> int:
    return sum(len(DRAWS.inputs(check)) for check in MUL if check.visibility == visibility)


# --- how it is run ------------------------------------------------------------------------------------------------


def test_all_public_checks_of_all_methods_are_run_before_any_hidden_one() -> None:
    box, _ = judged(Observation("returned", {}), mul="ready", pow="ready")
    in_order = [
        check
        for visibility in ("public", "hidden")
        for question in ("mul", "pow")
        for check in CHECKS
        if (check.question, check.visibility) == (question, visibility)
    ]
    assert [probe for probe, _ in box.asked] == [check.probe for check in in_order for _ in DRAWS.inputs(check)]


def test_each_method_has_its_own_share_of_the_time() -> None:
    box, _ = judged(Observation("returned", {}), mul="ready", pow="not_a_function", relu="stub")
    assert box.parts == [1 / 8, 1 / 8]
    assert {probe.split("_")[0]: budget for probe, budget in box.asked} == {"product": "budget 1", "power": "budget 2"}


@pytest.mark.parametrize("status", ["timed_out", "crashed", "broke_protocol"])
def test_two_runs_without_a_result_are_enough_of_public_and_of_hidden_checks(status: ObservationStatus) -> None:
    box, found = judged(Observation(status), mul="ready")
    assert len(box.asked) == 4
    last = of(found, "mul")[-1]
    assert last.outcome == "not_reached"
    assert not found.attempted


@pytest.mark.parametrize("status", ["returned", "raised", "out_of_time"])
def test_all_are_run_as_long_as_there_are_results_or_no_time_is_spent(status: ObservationStatus) -> None:
    box, _ = judged(Observation(status), mul="ready")
    assert len(box.asked) == number_of_runs("public") + number_of_runs("hidden")


def test_one_run_without_a_result_leaves_the_others() -> None:
    first = iter([Observation("timed_out")])
    box, _ = judged(lambda probe, inputs: next(first, Observation("returned", {})), mul="ready")
    assert len(box.asked) == number_of_runs("public") + number_of_runs("hidden")


# --- what was not run, or cannot be judged ------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("state", "outcome", "said"),
    [
        ("stub", "not_attempted", "__mul__ is still blank."),
        ("missing", "not_attempted", "No __mul__ was found in the notebook."),
        ("not_loaded", "not_reached", methods.OUT_OF_TIME),
    ],
)
def test_a_method_that_cannot_be_run_says_why(state: MethodState, outcome: str, said: str) -> None:
    box, found = judged(Observation("returned", {}), mul=state)
    assert not box.asked
    assert {(one.outcome, one.message) for one in of(found, "mul")} == {(outcome, said)}
    assert found.seen == {}


def test_a_function_of_almost_that_name_is_told() -> None:
    _, found = judged(Observation("returned", {}), mul="ready")
    assert {one.message for one in of(found, "relu")} == {"A function ReLU was found; the question asks for relu."}


def test_a_method_that_runs_into_the_blank_is_not_attempted_and_one_with_its_own_error_is() -> None:
    _, blank = judged(HALF_BLANK, mul="ready")
    first = of(blank, "mul")[0]
    assert (first.outcome, first.message) == (
        "not_attempted",
        "__mul__ still runs into the line that stood in the blank.",
    )
    _, other = judged(replace(HALF_BLANK, error="ValueError"), mul="ready")
    assert of(other, "mul")[0].outcome == "failed"
    _, own = judged(OWN_ERROR, mul="ready")
    assert of(own, "mul")[0].outcome == "failed"
    assert not blank.attempted
    assert not own.attempted


def test_a_run_for_which_no_time_was_left_is_not_a_mistake() -> None:
    _, found = judged(Observation("out_of_time"), mul="ready")
    first = of(found, "mul")[0]
    assert (first.outcome, first.message, first.hint) == ("not_reached", methods.OUT_OF_TIME, "")
    assert not found.attempted


def test_only_a_function_that_ended_each_time_was_attempted() -> None:
    _, found = judged(Observation("raised", error="TypeError"), mul="ready", pow="not_a_function")
    assert found.attempted == {"mul"}


def test_what_waits_names_the_first_check_that_it_waits_for_and_how_many_more() -> None:
    check = max(MUL, key=lambda one: len(one.requires))
    assert len(check.requires) > 1

    def failed(number: int) -> dict[str, Outcome]:
        ids = [*check.requires]
        return {
            id: Outcome(BY_ID[id], "failed" if place >= len(ids) - number else "passed") for place, id in enumerate(ids)
        }

    last, before = (BY_ID[id].title for id in (check.requires[-1], check.requires[-2]))
    one, two = methods.not_reached(check, failed(1)), methods.not_reached(check, failed(2))
    assert one is not None
    assert two is not None
    assert one.message == f"Runs once this passes: {last}."
    assert two.message == f"Runs once this passes: {before} (and 1 more)."
    assert methods.not_reached(check, failed(0)) is None


def test_the_mistake_is_named_at_every_failed_check_and_its_hint_stands_at_the_first() -> None:
    _, found = judged(lambda probe, inputs: Observation("raised", error="TypeError", detail=NO_CALL), mul="ready")
    failed = [one for one in of(found, "mul") if one.outcome == "failed"]
    assert len({one.misconception for one in failed}) == 1
    assert failed[0].misconception.startswith("mul.")
    assert [bool(one.hint) for one in failed] == [True] + [False] * (len(failed) - 1)


def test_what_is_no_function_gets_neither_a_name_nor_a_hint() -> None:
    _, found = judged(Observation("raised", error="TypeError", detail=NO_CALL), mul="not_a_function")
    assert of(found, "mul")[0].outcome == "failed"
    assert {(one.misconception, one.hint) for one in of(found, "mul")} == {("", "")}


NO_CALL = f"Value.__init__() takes from 2 to 3 positional arguments but 4 were given (line 4 of {MANIFEST.name})"
