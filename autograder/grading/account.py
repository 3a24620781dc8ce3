"""The whole account of a grading: what was run, expected and got, of hidden checks too. It is for the staff alone."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from autograder.grading import compare
from autograder.grading.diagnosis import Seen
from autograder.vocabulary import Assignment

Account = Mapping[str, Sequence[Mapping[str, Any]]]
"""Check -> its runs as plain JSON values: ``ran``, ``expected``, ``got``, and whether it ``holds``."""


def account(seen: Iterable[Seen], assignment: Assignment) -> Account:
    """Return the account of all that was ``seen``, in that order; a run that holds tells one side only."""
    told: dict[str, list[Mapping[str, Any]]] = {}
    for one in seen:
        told.setdefault(one.check.id, []).append(_run(one, assignment))
    return told


def _run(seen: Seen, assignment: Assignment) -> Mapping[str, Any]:
    observation = seen.observation
    expected, got = compare.compared(seen.expected, observation.values)
    if seen.holds:
        expected, got = expected or f"{len(seen.expected)} numbers, all as expected", ""
    elif observation.status != "returned":
        got = f"{observation.status}: {observation.error} {observation.detail}".rstrip(" :")
    ran = assignment.describe(seen.check.probe, seen.inputs)
    return {"ran": ran, "expected": expected, "got": got, "holds": seen.holds}
