"""Diagnosis by prediction, and the words a student reads.

A misconception, or a pair of them, is named only if it alone predicts *all* that was observed of the question. Text
about a hidden check never holds its inputs, its expected numbers, or anything the student's code chose.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property

from autograder.grading import compare, python_errors
from autograder.vocabulary import (
    Assignment,
    Check,
    Expected,
    Inputs,
    Misconception,
    Observation,
    ObservationStatus,
    Outcome,
    Prediction,
    Sign,
)

_STATUS: dict[ObservationStatus, tuple[str, Sign]] = {
    "timed_out": ("no result within the time limit; is there a loop that does not end?", Sign.CHECK_TIMED_OUT),
    "crashed": ("the Python process ended before there was a result", Sign.CHECK_CRASHED),
    "broke_protocol": (
        "your code wrote to the grader's own channel, so this result does not count",
        Sign.CHECK_BROKE_PROTOCOL,
    ),
}
"""How a probe came to nothing, in words and as a sign."""


@dataclass(frozen=True)
class Seen:
    """One probe of one check, run on ``inputs``, and what came of it."""

    check: Check
    inputs: Inputs
    observation: Observation

    @cached_property
    def expected(self) -> Expected:
        """What is right on these inputs."""
        return self.check.expected(self.inputs)

    @cached_property
    def holds(self) -> bool:
        """Whether everything that was expected was observed."""
        values = self.observation.values
        return self.observation.status == "returned" and not compare.mismatches(self.expected, values)


def failed(seen: Seen, ran: str, told: Callable[[str], str]) -> Outcome:
    """The outcome of a failed check, which ``ran`` this, with its four lines.

    ``told`` makes of what the student's code said or computed what may be told.
    """
    _, sign = _STATUS.get(seen.observation.status, ("", None))
    return Outcome(seen.check, "failed", _message(seen, ran, told), sign=sign)


def _message(seen: Seen, ran: str, told: Callable[[str], str]) -> str:
    if seen.check.visibility == "hidden":
        return compare.four_lines(f"{seen.check.title}.", "", _hidden_got(seen.observation), seen.check.why)
    wanted, got = compare.compared(seen.expected, seen.observation.values)
    if seen.observation.status != "returned":
        got = _failure(seen.observation, seen.observation.detail)
    return compare.four_lines(ran, wanted, told(got), seen.check.why)


def _hidden_got(observation: Observation) -> str:
    if observation.status == "returned":
        return "another result than the definition gives, for numbers drawn for your submission"
    return _failure(observation, "")


def _failure(observation: Observation, detail: str) -> str:
    if observation.status == "raised":
        return f"{observation.error}: {detail}" if detail else f"an exception, {observation.error}"
    return _STATUS[observation.status][0]


def diagnose(assignment: Assignment, question: str, seen: Sequence[Seen]) -> Misconception | None:
    """The one misconception of the question that predicts every observation, or else the one pair of them that does.

    None if none or several do.
    """
    wrong_first = sorted(seen, key=lambda one: one.holds)  # most are ruled out at once
    singles = [one for one in assignment.misconceptions if one.question == question]
    candidates = _fitting(singles, wrong_first) or _fitting(assignment.pairs(question), wrong_first)
    return candidates[0] if seen and len(candidates) == 1 else None


def where(assignment: Assignment, seen: Sequence[Seen]) -> str:
    """Return what the public runs show of a mistake that is not known; nothing where one of them gave no result."""
    public = [one for one in seen if one.check.visibility == "public"]
    if {one.observation.status for one in public} != {"returned"} or any(
        one.observation.status in _STATUS for one in seen
    ):
        return ""
    return assignment.located(
        [(one.inputs, compare.side_by_side(one.expected, one.observation.values)) for one in public]
    )


def _fitting(misconceptions: Iterable[Misconception], seen: Sequence[Seen]) -> list[Misconception]:
    """The misconceptions that predict all this, in one of the ways in which each shows."""
    return [one for one in misconceptions if any(all(_predicts(way, each) for each in seen) for way in one.ways)]


def _predicts(way: Prediction, seen: Seen) -> bool:
    predicted = way(seen.check.probe, seen.inputs)
    if predicted.status != seen.observation.status or predicted.error != seen.observation.error:
        return False
    if python_errors.subject(predicted.detail) not in ("", python_errors.subject(seen.observation.detail)):
        return False
    wanted = {name: value for name, value in predicted.values.items() if name not in seen.check.free}
    return not compare.mismatches(wanted, seen.observation.values)
