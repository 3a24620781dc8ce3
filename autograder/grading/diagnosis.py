"""Diagnosis by prediction, and the words a student reads.

A misconception is named only if exactly one named fault of the reference engine predicts *all* that was observed of the
question. Text about a hidden check never holds its inputs, its expected numbers, or anything the student's code chose.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from autograder.autodiff.probes.operators import OPERATOR_PROBES, description
from autograder.autodiff.sealed.criterion import RubricCheck
from autograder.autodiff.sealed.faults import FAULTS
from autograder.autodiff.sealed.reference_engine import Fault, engine
from autograder.autodiff.sealed.rubric import Expected
from autograder.grading import compare
from autograder.vocabulary import Inputs, Observation

_STATUS = {
    "timed_out": "no result within the time limit; is there a loop that does not end?",
    "crashed": "the Python process ended before there was a result",
    "broke_protocol": "your code wrote to the grader's own channel, so this result does not count",
}


@dataclass(frozen=True)
class Seen:
    """One probe of one check, run on ``inputs``, and what came of it."""

    check: RubricCheck
    inputs: Inputs
    observation: Observation


def holds(seen: Seen, expected: Expected) -> bool:
    """Whether everything that was expected was observed."""
    return seen.observation.status == "returned" and not compare.mismatches(expected, seen.observation.values)


def message(seen: Seen, expected: Expected, told: Callable[[str], str]) -> str:
    """The four lines about a failed check; for a hidden one without its numbers.

    ``told`` makes of what the student's code said or computed what may be told.
    """
    if seen.check.visibility == "hidden":
        return compare.four_lines(f"{seen.check.title}.", "", _hidden_got(seen.observation), seen.check.why)
    ran = description(seen.check.probe, seen.inputs)
    wanted, got = compare.compared(expected, seen.observation.values)
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
    return _STATUS[observation.status]


def diagnose(question: str, seen: Sequence[Seen]) -> Fault | None:
    """The one named fault that predicts every observation of the question; none if no fault does, or several do."""
    candidates = [fault for fault in FAULTS if fault.question == question and all(_predicts(fault, s) for s in seen)]
    return candidates[0] if seen and len(candidates) == 1 else None


def _predicts(fault: Fault, seen: Seen) -> bool:
    predicted = observe_reference(seen.check.probe, seen.inputs, fault)
    if predicted.status != seen.observation.status or predicted.error != seen.observation.error:
        return False
    if compare.subject(predicted.detail) not in ("", compare.subject(seen.observation.detail)):
        return False
    free = seen.check.between
    wanted = {name: value for name, value in predicted.values.items() if name not in free}
    return not compare.mismatches(wanted, seen.observation.values)


def observe_reference(probe: str, inputs: Inputs, fault: Fault | None = None) -> Observation:
    """What the reference engine, with ``fault`` if given, shows on a probe."""
    try:
        return Observation("returned", OPERATOR_PROBES[probe](engine(fault), inputs))
    except Exception as error:
        # The faulty engine fails as the student's mistake would.
        return Observation("raised", error=type(error).__name__, detail=str(error))
