"""The effect of a change of the grader or of the rubric on one student, check by check, with reasons."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from autograder.classroom.hand_ins import Marked
from autograder.classroom.pages import OUTCOMES
from autograder.classroom.review_reasons import has_fault

TELLING = ("Got: ", "Follows from: ", "Runs once this passes: ")
"""Beginnings of the lines of a message that say why a check did not pass."""

_Check = Mapping[str, Any]


def judged_otherwise(row: Marked) -> tuple[str, ...]:
    """Return a line for each check of this student that an earlier version of the grader judged otherwise."""
    if row.judged_before is None or has_fault(row.report):
        return ()
    return tuple(changes(row.judged_before, row.report))


def changes(before: Mapping[str, Any], now: Mapping[str, Any]) -> Iterator[str]:
    """Compare two reports on the same answers; yield a line with points and reason for each check that differs."""
    old, new = ({check["id"]: check for check in report["checks"]} for report in (before, now))
    for id in dict.fromkeys((*new, *old)):
        first, second = old.get(id), new.get(id)
        if reasons := list(_reasons(first, second)):
            yield f"{id}: {_points(first)} -> {_points(second)}: {'; '.join(reasons)}"


def _points(check: _Check | None) -> str:
    return "nothing" if check is None else f"{check['score']} of {check['points']}"


def _reasons(before: _Check | None, now: _Check | None) -> Iterator[str]:
    if before is None and now is not None:
        yield f"a new check, {_words(now)}"
    elif now is None:
        yield "no longer a check"
    elif before is not None:
        if before["points"] != now["points"]:
            yield f"worth {now['points']} points instead of {before['points']}"
        if before["outcome"] != now["outcome"]:
            yield f"{OUTCOMES[before['outcome']][1]} before, {_words(now)} now"
        elif before["score"] != now["score"] and before["points"] == now["points"]:
            yield f"{OUTCOMES[now['outcome']][1]} with other points"


def _words(check: _Check) -> str:
    """Return the outcome in words, and in brackets the line of the message that says why."""
    why = [line for line in check["message"].splitlines() if line.startswith(TELLING)]
    return OUTCOMES[check["outcome"]][1] + (f" ({why[0]})" if why else "")
