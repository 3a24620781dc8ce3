"""The marks as CSV: ``gradebook.csv`` for every class, and ``canvas.csv``, which Canvas' gradebook imports.

Gradescope grades programming assignments itself and imports no marks for them, but what reads its download of grades
reads ``gradebook.csv``: Name, SID, Email, Total Score, Max Points, Status (Graded, Ungraded, Missing), Submission Time,
and "1: name (27.0 pts)" for each question are called as there. (Its lateness in hours is left out: no export has it.)

Canvas' columns are those of ``lib/gradebook_importer.rb`` in github.com/instructure/canvas-lms: the header must begin
with Student and ID, then SIS User ID and SIS Login ID, and Section before the assignments; a row whose first column
holds "Points Possible" gives their points. A student is found by ID, else by SIS User ID, SIS Login ID or name.
"""

from __future__ import annotations

from autograder import settings
from autograder.assignment import ASSIGNMENT
from autograder.classroom.hand_ins import Marked
from autograder.classroom.marks import Mark, mark_of, possible
from autograder.classroom.review_reasons import has_fault

QUESTIONS = ASSIGNMENT.manifest.questions
POINTS = {question: sum(check.points for check in ASSIGNMENT.of(question)) for question in QUESTIONS}

_IDENTIFIERS = ("ID", "SIS User ID", "SIS Login ID")


def title() -> str:
    """The assignment's name: the course's own, else that of the assignment."""
    return settings.load().title or ASSIGNMENT.manifest.title


def parts() -> dict[str, str]:
    """The column of each question, and of each explanation that the course gives points for."""
    points = {**POINTS, **{name: most for name, most in settings.load().explanation_points.items() if most}}
    return {name: f"{number}: {name} ({most:.1f} pts)" for number, (name, most) in enumerate(points.items(), start=1)}


def heads() -> tuple[str, ...]:
    """The names of the columns."""
    return (
        *("Name", "SID", "Email", "Total Score", "Max Points", "Status", "Submission Time", "Late", "Late Deduction"),
        *parts().values(),
        *("Notes", "Report"),
    )


def line(row: Marked, report: str) -> list[object]:
    """A student's line under ``heads``, also where there is no mark; ``report`` is the name of the student's page."""
    student, mark = row.hand_in.student, mark_of(row)
    sid = student.ids.get("SID") or next(iter(student.ids.values()), "") or student.key
    given = {**mark.questions, **mark.explanations}
    points = ["" if given[name] is None or mark.total is None else given[name] for name in parts()]
    status = "Graded" if mark.total is not None else "Missing" if row.hand_in.file is None else "Ungraded"
    return [
        *(student.name, sid, student.email, "" if mark.total is None else mark.total, mark.possible, status),
        *(row.hand_in.submitted, "yes" if row.hand_in.late else "", mark.deduction or ""),
        *(*points, "; ".join(_notes(row, mark)), report),
    ]


def _notes(row: Marked, mark: Mark) -> list[str]:
    reasons = [] if row.result else [row.hand_in.problem or "; ".join(row.report["notes"])]
    faults = ["The grader failed."] if has_fault(row.report) else []
    unmarked = [f"{name} is not marked yet" for name in mark.unmarked]
    return [*row.hand_in.notes, *reasons, *faults, *unmarked, *map(str, mark.changes)]


def canvas_heads() -> tuple[str, ...]:
    """The names of Canvas' columns."""
    return ("Student", *_IDENTIFIERS, "Section", title())


def canvas_points() -> tuple[object, ...]:
    """The line that tells Canvas the points that can be had."""
    return ("    Points Possible", "", "", "", "", possible())


def canvas_line(row: Marked) -> list[object] | None:
    """A student's line under ``canvas_heads``.

    None without a mark, as an empty cell would wipe what Canvas has; None for who has no identifier of Canvas'.
    """
    ids = [row.hand_in.student.ids.get(name, "") for name in _IDENTIFIERS]
    total = mark_of(row).total
    return [row.hand_in.student.name, *ids, "", total] if any(ids) and total is not None else None
