"""The lines of ``gradebook.csv``, for people and for programs that read Gradescope's download of grades.

Gradescope grades programming assignments itself and imports no marks for them. Its download of an assignment's grades
has the columns First Name, Last Name, SID, Email, Sections, Total Score, Max Points, Status (Graded, Ungraded or
Missing), Submission ID, Submission Time, Lateness (H:M:S), View Count, Submission Count, and "1: name (27.0 pts)" for
each question. These columns come first here; a cell is empty where the export does not tell it. Our own columns follow.
"""

from __future__ import annotations

from autograder import settings
from autograder.assignment import ASSIGNMENT
from autograder.classroom.hand_ins import Lateness, Marked, Student
from autograder.classroom.marks import Mark, mark_of
from autograder.classroom.review_reasons import has_fault

QUESTIONS = ASSIGNMENT.manifest.questions


ABOUT = ("First Name", "Last Name", "SID", "Email", "Sections")
"""Columns that say who the student is."""
SUBMITTED = ("Submission ID", "Submission Time", "Lateness (H:M:S)", "View Count", "Submission Count")
"""Columns about the submission."""
NOT_MARKS = (*ABOUT, "Max Points", "Status", *SUBMITTED, "Name", "Report")
"""Columns without marks, which a spreadsheet may reformat."""


def title() -> str:
    """Return the assignment's title: the one in the settings, or else the one in the manifest."""
    return settings.load().title or ASSIGNMENT.manifest.title


def parts() -> dict[str, str]:
    """Return the column name of each question, and of each explanation that the course gives points for."""
    points = {**{name: ASSIGNMENT.points_of(name) for name in QUESTIONS}, **settings.load().explanation_points}
    return {name: f"{number}: {name} ({most:.1f} pts)" for number, (name, most) in enumerate(points.items(), start=1)}


def heads() -> tuple[str, ...]:
    """Return the names of all columns."""
    return (
        *(*ABOUT, "Total Score", "Max Points", "Status", *SUBMITTED),
        *parts().values(),
        *("Name", "Late", "Late Deduction", "Notes", "Report"),
    )


def line(row: Marked, report: str) -> list[object]:
    """Return a student's cells in the order of ``heads``; ``report`` is the path of the student's page."""
    student, mark = row.hand_in.student, mark_of(row)
    sid = student.ids.get("SID") or next(iter(student.ids.values()), "") or student.key
    given = {**mark.questions, **mark.explanations}
    points = ["" if given[name] is None or mark.total is None else given[name] for name in parts()]
    status = "Graded" if mark.total is not None else "Missing" if row.hand_in.file is None else "Ungraded"
    hand_in = row.hand_in
    return [
        *(*first_and_last(student), sid, student.email, student.section),
        *("" if mark.total is None else mark.total, mark.possible, status),
        *("", hand_in.submitted, _hours(row.by_hand.lateness), "", len(hand_in.earlier) + 1 if hand_in.earlier else ""),
        *(*points, student.name, "yes" if hand_in.late else "", mark.deduction or ""),
        *("; ".join(_notes(row, mark)), report),
    ]


def first_and_last(student: Student) -> tuple[str, str]:
    """Split a name into first and last: as the course's list does, or else at a comma, or else before the last word."""
    name = student.name.strip()
    if student.last_name and name.endswith(student.last_name):
        return name.removesuffix(student.last_name).strip(), student.last_name
    if "," in name:
        last, _, first = name.partition(",")
        return first.strip(), last.strip()
    first, _, last = name.rpartition(" ")
    return (first, last) if first else (last, "")


def _hours(lateness: Lateness) -> str:
    """Return the lateness as hours, minutes and seconds; empty if no policy applies and it is not late."""
    if lateness.policy is None and not lateness.by:
        return ""
    seconds = max(0, int(lateness.by.total_seconds()))
    return f"{seconds // 3600:02}:{seconds // 60 % 60:02}:{seconds % 60:02}"


def _notes(row: Marked, mark: Mark) -> list[str]:
    reasons = [] if row.result else [row.hand_in.problem or "; ".join(row.report["notes"])]
    faults = ["The grader failed."] if has_fault(row.report) else []
    unmarked = [f"{name} is not marked yet" for name in mark.unmarked]
    return [*row.hand_in.notes, *reasons, *faults, *unmarked, *map(str, mark.changes)]
