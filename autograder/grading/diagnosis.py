"""Diagnosis by prediction, and the words a student reads.

A misconception, or a pair of them, is named only if no other one predicts *all* observations of the question too. Text
about a hidden check never holds its inputs, its expected numbers, or anything that the student's code chose.
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
"""Words and sign for each status of a probe that gave no result."""


@dataclass(frozen=True)
class Seen:
    """One run of a check's probe on ``inputs``, and what it showed."""

    check: Check
    inputs: Inputs
    observation: Observation

    @cached_property
    def expected(self) -> Expected:
        """Right values for these inputs, by name."""
        return self.check.expected(self.inputs)

    @cached_property
    def holds(self) -> bool:
        """True if the run returned all expected values."""
        values = self.observation.values
        return self.observation.status == "returned" and not compare.mismatches(self.expected, values)


def failed(seen: Seen, ran: str, told: Callable[[str], str]) -> Outcome:
    """Return the outcome of a failed check, with its four lines.

    ``ran`` says what was run. ``told`` removes from the student's own words and numbers what must not be shown.
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
    """Return the only misconception of the question that predicts every observation.

    If no single one does, the same is asked of the pairs. The result is None if none or several fit, or if nothing was
    observed.
    """
    wrong_first = sorted(seen, key=lambda one: one.holds)  # they rule out the most
    singles = [one for one in assignment.misconceptions if one.question == question]
    candidates = _fitting(singles, wrong_first) or _fitting(assignment.pairs(question), wrong_first)
    return candidates[0] if seen and len(candidates) == 1 else None


def where(assignment: Assignment, seen: Sequence[Seen]) -> str:
    """Return a sentence on where an unknown mistake shows in the public runs.

    The sentence is empty if one of those runs did not return, or if any run gave no result at all.
    """
    public = [one for one in seen if one.check.visibility == "public"]
    if {one.observation.status for one in public} != {"returned"} or any(
        one.observation.status in _STATUS for one in seen
    ):
        return ""
    return assignment.located(
        [(one.inputs, compare.side_by_side(one.expected, one.observation.values)) for one in public]
    )


def _fitting(misconceptions: Iterable[Misconception], seen: Sequence[Seen]) -> list[Misconception]:
    """Return the misconceptions of which at least one way predicts all these runs."""
    return [one for one in misconceptions if any(all(_predicts(way, each) for each in seen) for way in one.ways)]


def _predicts(way: Prediction, seen: Seen) -> bool:
    predicted = way(seen.check.probe, seen.inputs)
    if predicted.status != seen.observation.status or predicted.error != seen.observation.error:
        return False
    about = python_errors.subject(predicted.detail) if predicted.detail else ""
    if about and about != python_errors.subject(seen.observation.detail):
        return False
    wanted = {name: value for name, value in predicted.values.items() if name not in seen.check.free}
    return not compare.mismatches(wanted, seen.observation.values)
