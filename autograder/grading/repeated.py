"""Shorter messages for repeated exceptions: if many checks stop at the same line, only one shows it in full."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from autograder.grading.diagnosis import Seen
from autograder.grading.evidence import Outcomes
from autograder.vocabulary import Check, Observation

SAME_LINE = "Stops at the same line as above."
SAME_ERROR = "Stops with the same error as {place}."
_LINE = " (line "
"""Text between an exception's message and the number of the line that raised it."""


def told_once(outcomes: Outcomes, seen: Sequence[Seen]) -> Outcomes:
    """Return the ``outcomes`` of a question, with a short message where another check shows the same exception.

    The first public check that stops shows it in full. Of a hidden check only the kind of error is compared and shown.
    """
    failed = [outcome.check for outcome in outcomes.values() if outcome.outcome == "failed"]
    stops = [(check, stop) for check in failed if (stop := _stop(check, seen)) is not None]
    in_full: list[tuple[Check, Observation]] = []
    shorter = dict(outcomes)
    for check, stop in sorted(stops, key=lambda pair: pair[0].visibility == "hidden"):  # public ones first, in order
        before = next((other for other, told in in_full if _is_same(told, stop, check)), None)
        if before is None:
            in_full.append((check, stop))
        else:
            shorter[check.id] = replace(outcomes[check.id], message=_short(before, check, stop, failed))
    return shorter


def _stop(check: Check, seen: Sequence[Seen]) -> Observation | None:
    """Return the observation of the exception that made a check fail, or None if no exception did."""
    of_check = (one for one in seen if one.check is check)
    wrong = (one.observation for one in of_check if not one.holds)
    return next((first if first.status == "raised" else None for first in wrong), None)


def _is_same(told: Observation, stop: Observation, check: Check) -> bool:
    if told.error != stop.error or check.visibility == "hidden":
        return told.error == stop.error
    return _message(told) == _message(stop) or (_line(told) == _line(stop) != "")


def _short(before: Check, check: Check, stop: Observation, order: Sequence[Check]) -> str:
    is_above = order.index(before) < order.index(check)
    if check.visibility == "public" and _line(stop):
        return SAME_LINE
    return SAME_ERROR.format(place="above" if is_above else f"this check: {before.title}")


def _message(stop: Observation) -> str:
    return stop.detail.rpartition(_LINE)[0] or stop.detail


def _line(stop: Observation) -> str:
    return stop.detail.rpartition(_LINE)[2] if _LINE in stop.detail else ""
