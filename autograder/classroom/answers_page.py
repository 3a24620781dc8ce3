"""The page ``staff/<student>.html``: a student's answers beside the messages, earlier versions, and the full report."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from autograder.assignment import ASSIGNMENT
from autograder.classroom import highlight, pages, sources
from autograder.classroom.grading_job import ACCOUNT
from autograder.classroom.hand_ins import Marked
from autograder.classroom.marks import mark_of
from autograder.classroom.naming import Names
from autograder.classroom.review_reasons import reasons_to_look
from autograder.classroom.versions import Version

RUNS = 30
"""Maximum number of runs of a hidden check that are shown; today's checks have fewer than twenty."""


def answers_page(row: Marked, earlier: Sequence[Version], names: Names) -> str:
    """Return the page as HTML; it shows hidden inputs, so only the staff may see it."""
    mark = mark_of(row)

    def shown(text: str) -> str:
        return names.shown(text, row.hand_in)

    cells = [shown(cell) for cell in sources.own_cells(row.cells)]
    named = sources.by_question(cells)
    return pages.template("staff.html").render(
        called=names.called(row.hand_in.student),
        file=names.file_name(row.hand_in.student),
        submitted=shown(row.hand_in.submitted),
        late=row.hand_in.late,
        mark=mark,
        changes=[shown(str(change)) for change in mark.changes],
        reasons=[shown(reason) for reason in reasons_to_look(row)],
        notes=[shown(note) for note in dict.fromkeys((*row.hand_in.notes, *row.report["notes"]))],
        questions=[
            {
                "name": question,
                "points": mark.questions[question],
                "most": ASSIGNMENT.points_of(question),
                "typed": [
                    f"{answer.name}: {shown(str(row.typed[answer.name]))}"
                    for answer in ASSIGNMENT.manifest.answers
                    if answer.question == question and answer.name in row.typed
                ],
                "code": [highlight.python(cell) for cell in named[question]],
                "checks": _checks(mark.checks, question, row.report.get(ACCOUNT, {}), shown),
            }
            for question in ASSIGNMENT.manifest.questions
        ],
        others=[highlight.python(cell) for cell in named[""]],
        explanations=[(name, shown(text)) for name, text in row.explanations.items()],
        versions=[_version(version, cells, shown) for version in earlier],
        listed=[shown(text) for text in row.hand_in.earlier],
        report=row.report,
    )


def _checks(
    checks: Iterable[Mapping[str, Any]], question: str, account: Mapping[str, Any], shown: Any
) -> list[dict[str, Any]]:
    """Return a question's checks for the page: each with the lines of its message and, if hidden, with its runs."""
    return [
        {
            **{name: check[name] for name in ("id", "title", "outcome", "score", "points", "visibility")},
            "lines": [shown(line) for line in check["message"].splitlines()],
            "hint": check["hint"],
            "misconception": check["misconception"],
            "runs": [_run(run, shown) for run in account.get(check["id"], ())[:RUNS]],
        }
        for check in checks
        if check["question"] == question
    ]


def _run(run: Mapping[str, Any], shown: Any) -> dict[str, Any]:
    return {**run, **{name: shown(str(run[name])) for name in ("ran", "expected", "got")}}


def _version(version: Version, now: Sequence[str], shown: Any) -> dict[str, Any]:
    before = [shown(cell) for cell in version.cells]
    return {
        "submitted": shown(version.submitted),
        "score": version.score,
        "difference": highlight.difference(before, now),
    }
