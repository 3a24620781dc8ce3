"""The marks as CSV: ``gradebook.csv`` for every class, and ``canvas.csv``, which Canvas' gradebook imports.

Gradescope grades programming assignments itself and imports no marks for them, but what reads its download of grades
reads ``gradebook.csv``: Name, SID, Email, Total Score, Max Points, Status (Graded, Ungraded, Missing), Submission Time,
and "1: name (27.0 pts)" for each question are called as there. (Its lateness in hours is left out: no export has it.)

Canvas' columns are those of ``lib/gradebook_importer.rb`` in github.com/instructure/canvas-lms: the header must begin
with Student and ID, then SIS User ID and SIS Login ID, and Section before the assignments; a row whose first column
holds "Points Possible" gives their points. A student is found by ID, else by SIS User ID, SIS Login ID or name.
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterable, Mapping
from typing import Any

from autograder.assignment import ASSIGNMENT
from autograder.classroom.hand_ins import Marked
from autograder.classroom.review_reasons import has_fault

TITLE = ASSIGNMENT.manifest.title
QUESTIONS = ASSIGNMENT.manifest.questions
POINTS = {question: sum(check.points for check in ASSIGNMENT.of(question)) for question in QUESTIONS}
MAX_POINTS = sum(POINTS.values())

HEADS = (
    *("Name", "SID", "Email", "Total Score", "Max Points", "Status", "Submission Time", "Late"),
    *(f"{number}: {name} ({points:.1f} pts)" for number, (name, points) in enumerate(POINTS.items(), start=1)),
    *("Notes", "Report"),
)
_IDENTIFIERS = ("ID", "SIS User ID", "SIS Login ID")
CANVAS_HEADS = ("Student", *_IDENTIFIERS, "Section", TITLE)
CANVAS_POINTS = ("    Points Possible", "", "", "", "", MAX_POINTS)

MAX_CELL = 1000
"""Characters of a cell: spreadsheets take 32,767, people less."""

# OWASP, "CSV Injection": what begins a formula, in wide letters too; after a separator as well, for where a
# spreadsheet is set to another one than the comma.
_FORMULA = re.compile(r"(^|[;|])(\s*)(?=[=+\-@\uff1d\uff0b\uff0d\uff20])")


def line(row: Marked, report: str) -> list[object]:
    """A student's line under ``HEADS``, also where there is no mark; ``report`` is the name of the student's page."""
    student = row.hand_in.student
    mark = score(row)
    sid = student.ids.get("SID") or next(iter(student.ids.values()), "") or student.key
    questions = by_question(row.report).values() if mark is not None else [""] * len(QUESTIONS)
    reasons = [] if row.result else [row.hand_in.problem or "; ".join(row.report["notes"])]
    notes = "; ".join([*row.hand_in.notes, *reasons, *(["The grader failed."] if has_fault(row.report) else [])])
    status = "Graded" if mark is not None else "Missing" if row.hand_in.file is None else "Ungraded"
    return [
        *(student.name, sid, student.email, "" if mark is None else mark, MAX_POINTS, status),
        *(row.hand_in.submitted, "yes" if row.hand_in.late else "", *questions, notes, report),
    ]


def canvas_line(row: Marked) -> list[object] | None:
    """A student's line under ``CANVAS_HEADS``.

    None without a mark, as an empty cell would wipe what Canvas has; None for who has no identifier of Canvas'.
    """
    ids = [row.hand_in.student.ids.get(name, "") for name in _IDENTIFIERS]
    mark = score(row)
    return [row.hand_in.student.name, *ids, "", mark] if any(ids) and mark is not None else None


def score(row: Marked) -> int | None:
    """The mark; None where nothing could be read or the grader failed, for neither is a zero."""
    if not row.result or has_fault(row.report):
        return None
    points: int = row.report["score"]
    return points


def by_question(report: Mapping[str, Any]) -> dict[str, int]:
    """The points of each question."""
    points = dict.fromkeys(QUESTIONS, 0)
    for check in report["checks"]:
        points[check["question"]] += check["score"]
    return points


def to_csv(heads: Iterable[str], lines: Iterable[Iterable[object]]) -> str:
    """The table as CSV in which no cell is a formula."""
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(heads)
    writer.writerows([_cell(value) for value in one] for one in lines)
    return text.getvalue()


def _cell(value: object) -> object:
    """An apostrophe before what a spreadsheet would take for a formula says that it is text."""
    if not isinstance(value, str):
        return value
    clean = "".join(c if c.isprintable() else " " for c in value[:MAX_CELL])
    return _FORMULA.sub(r"\1\2'", clean)
