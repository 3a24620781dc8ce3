"""What a student may see of a report: the content of ``reports/<student>.html`` and ``.json``."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import Any

from autograder.assignment import ASSIGNMENT
from autograder.classroom.hand_ins import HandIn, Marked
from autograder.classroom.naming import Names
from autograder.classroom.review_reasons import has_fault

SCHEMA = f"{ASSIGNMENT.manifest.name}-student/1"


def student_view(row: Marked, names: Names, visibility_of: Callable[[str], str]) -> dict[str, Any]:
    """The report as plain JSON values, its texts fit to be shown.

    Of hidden checks it holds what Gradescope shows once grades are published, whose texts never have a hidden input or
    an expected number; nothing of a question whose visibility is "hidden". Points add up over what is there, so that
    nothing betrays what is not. The score is None where the grader failed: that is no zero.
    """
    every = row.report["checks"]
    checks = [c for c in every if c["visibility"] == "public" or visibility_of(c["question"]) != "hidden"]
    hidden = {check["title"] for check in every} - {check["title"] for check in checks}
    fault = has_fault(row.report)
    return {
        "schema": SCHEMA,
        "student": names.own(row.hand_in.student),
        "submitted": names.shown(row.hand_in.submitted, row.hand_in),
        "late": row.hand_in.late,
        "grader_fault": fault,
        "score": None if fault else sum(check["score"] for check in checks),
        "max_score": sum(check["points"] for check in checks),
        "includes_hidden_checks": len(checks) == len(every),
        "notes": [names.shown(note, row.hand_in) for note in _notes(row)],
        "checks": [_check(check, row.hand_in, names, hidden) for check in checks],
    }


def by_question(checks: Iterable[dict[str, Any]]) -> list[tuple[str, int, int, list[dict[str, Any]]]]:
    """Each question's name, points, possible points and checks."""
    listed = list(checks)
    groups = [
        (name, [check for check in listed if check["question"] == name]) for name in ASSIGNMENT.manifest.questions
    ]
    return [(name, sum(c["score"] for c in own), sum(c["points"] for c in own), own) for name, own in groups if own]


def _notes(row: Marked) -> list[str]:
    return list(dict.fromkeys([*row.hand_in.notes, *row.report["notes"]]))


def _check(check: Mapping[str, Any], hand_in: HandIn, names: Names, hidden: set[str]) -> dict[str, Any]:
    message = "" if any(title in check["message"] for title in hidden) else check["message"]
    lines = message.splitlines() + ([f"Hint: {check['hint']}"] if check["hint"] else [])
    return {
        **{name: check[name] for name in ("id", "question", "title", "visibility", "outcome", "score", "points")},
        "lines": [names.shown(line, hand_in) for line in lines],
    }
