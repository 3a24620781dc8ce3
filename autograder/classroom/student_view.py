"""The part of a report that a student may see: the content of ``reports/<student>.html`` and ``.json``."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import Any

from autograder import settings
from autograder.assignment import ASSIGNMENT
from autograder.classroom.hand_ins import HandIn, Marked
from autograder.classroom.marks import Change, Mark, mark_of, tidy
from autograder.classroom.naming import Names
from autograder.classroom.review_reasons import has_fault

SCHEMA = f"{ASSIGNMENT.manifest.name}-student/1"


def student_view(row: Marked, names: Names, visibility_of: Callable[[str], str]) -> dict[str, Any]:
    """Return a report as a student may see it, in plain JSON values.

    Hidden checks are as Gradescope shows them once grades are published; their texts never contain hidden inputs or
    expected numbers. Hidden checks of a question whose visibility is "hidden" are left out. Scores are then sums over
    the checks that are shown, so that they tell nothing about the others. The score is None if the grader failed, which
    is no zero.
    """
    mark = mark_of(row)
    checks = [c for c in mark.checks if c["visibility"] == "public" or visibility_of(c["question"]) != "hidden"]
    hidden = {check["title"] for check in mark.checks} - {check["title"] for check in checks}
    whole = len(checks) == len(mark.checks)
    fault = mark.total is None and has_fault(row.report)
    explanations = [_explanation(name, points, row, names) for name, points in mark.explanations.items()]
    listed = [*checks, *explanations]
    score, most = (mark.total or 0, mark.possible) if whole else [_sum(listed, name) for name in ("score", "points")]
    return {
        "schema": SCHEMA,
        "student": names.own(row.hand_in.student),
        "submitted": names.shown(row.hand_in.submitted, row.hand_in),
        "late": row.hand_in.late,
        "late_deduction": mark.deduction if whole else 0,
        "grader_fault": fault,
        "score": None if fault else score,
        "max_score": most,
        "includes_hidden_checks": whole,
        "notes": [names.shown(note, row.hand_in) for note in _notes(row)],
        "changes": [names.shown(str(change), row.hand_in) for change in _changes(mark, checks, whole)],
        "questions": _questions(mark, checks),
        "explanations": explanations,
        "checks": [_check(check, row.hand_in, names, hidden) for check in checks],
    }


def by_question(shown: Mapping[str, Any]) -> list[tuple[dict[str, Any], list[dict[str, Any]]]]:
    """Return each question of a student's view, with its checks."""
    return [
        (question, [check for check in shown["checks"] if check["question"] == question["name"]])
        for question in shown["questions"]
    ]


def _questions(mark: Mark, checks: list[Mapping[str, Any]]) -> list[dict[str, Any]]:
    """Return the points of each question; if some of its checks are not shown, only the shown ones are added up."""
    found = []
    for name in ASSIGNMENT.manifest.questions:
        own = [check for check in checks if check["question"] == name]
        points = mark.questions[name]
        if points is None or len(own) < len(ASSIGNMENT.of(name)):
            points = _sum(own, "score")
        found += [{"name": name, "score": points, "points": _sum(own, "points")}] if own else []
    return found


def _explanation(name: str, points: float | None, row: Marked, names: Names) -> dict[str, Any]:
    decision = row.by_hand.overrides.get(name) or row.by_hand.written.get(name)
    return {
        "name": name,
        "score": points,
        "points": settings.load().explanation_points[name],
        "comment": names.shown(decision.comment, row.hand_in) if decision else "",
    }


def _changes(mark: Mark, checks: list[Mapping[str, Any]], whole: bool) -> list[Change]:
    """Return the changes by people or for lateness that tell nothing about checks that are not shown."""
    known = {check["id"] for check in checks} | set(mark.explanations)
    return [change for change in mark.changes if whole or change.what in known]


def _sum(listed: Iterable[Mapping[str, Any]], name: str) -> float:
    return tidy(sum(one[name] or 0 for one in listed))


def _notes(row: Marked) -> list[str]:
    return list(dict.fromkeys([*row.hand_in.notes, *row.report["notes"]]))


def _check(check: Mapping[str, Any], hand_in: HandIn, names: Names, hidden: set[str]) -> dict[str, Any]:
    message = "" if any(title in check["message"] for title in hidden) else check["message"]
    lines = message.splitlines() + ([f"Hint: {check['hint']}"] if check["hint"] else [])
    return {
        **{name: check[name] for name in ("id", "question", "title", "visibility", "outcome", "score", "points")},
        "lines": [names.shown(line, hand_in) for line in lines],
    }
