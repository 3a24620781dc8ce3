"""The full account of a grading, for the staff alone: what was run, expected and got, in hidden checks too."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from autograder.grading import compare
from autograder.grading.diagnosis import Seen
from autograder.vocabulary import Assignment

Account = Mapping[str, Sequence[Mapping[str, Any]]]
"""Runs by the id of their check, as plain JSON values: ``ran``, ``expected``, ``got``, and if the run ``holds``."""


def account(seen: Iterable[Seen], assignment: Assignment) -> Account:
    """Return the account of all runs that were ``seen``, in the same order.

    For a run that holds, ``got`` is empty, because it agrees with ``expected``.
    """
    told: dict[str, list[Mapping[str, Any]]] = {}
    for one in seen:
        told.setdefault(one.check.id, []).append(_run(one, assignment))
    return told


def _run(seen: Seen, assignment: Assignment) -> Mapping[str, Any]:
    """Return what one run did, as texts. If it holds, ``got`` is empty, since it is what was expected."""
    observation = seen.observation
    expected, got = compare.compared(seen.expected, observation.values)
    if seen.holds:
        expected, got = expected or f"{len(seen.expected)} numbers, all as expected", ""
    elif observation.status != "returned":
        got = f"{observation.status}: {observation.error} {observation.detail}".rstrip(" :")
    ran = assignment.describe(seen.check.probe, seen.inputs)
    return {"ran": ran, "expected": expected, "got": got, "holds": seen.holds}
