"""The marks for platforms that import them: ``canvas.csv`` and ``moodle.csv``.

Canvas' columns are those of ``lib/gradebook_importer.rb`` in github.com/instructure/canvas-lms: the header must begin
with Student and ID, then SIS User ID and SIS Login ID, and Section before the assignments; a row whose first column
holds "Points Possible" gives their points. Canvas finds a student by ID, else by SIS User ID, SIS Login ID or name. It
finds the assignment by the number in brackets at the end of the column's head, else by that head as its title; if there
is none, it makes a new one.

Moodle's columns are those of its grading worksheet (``mod/assign/feedback/offline/importgradeslib.php`` in
github.com/moodle/moodle). Moodle reads only Identifier, Grade and Last modified (grade), and a feedback column if there
is one. We write none, because it would overwrite the feedback in Moodle.

Students without a mark have no line: an empty cell would delete the mark that Canvas has.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from autograder.classroom import gradebook, tables
from autograder.classroom.hand_ins import Marked, Student
from autograder.classroom.marks import mark_of, possible

CANVAS = "canvas.csv"
"""Name of the file for Canvas."""
CANVAS_IDS = ("ID", "SIS User ID", "SIS Login ID")
"""Columns by which Canvas finds a student."""
MOODLE_ID = "Identifier"
"""Column by which Moodle finds a student."""
MOODLE_HEADS = (
    *(MOODLE_ID, "Full name", "Email address", "Status", "Grade", "Maximum Grade", "Grade can be changed"),
    *("Last modified (submission)", "Last modified (grade)"),
)
_POINTS_POSSIBLE = "    Points Possible"

Lines = list[list[object]]


@dataclass(frozen=True)
class Column:
    """The assignment's column in Canvas; an empty ``name`` stands for the course's title, ``number`` may be unknown."""

    name: str = ""
    number: int | None = None

    @property
    def head(self) -> str:
        """Head of the column, with the number in brackets if it is known."""
        name = self.name or gradebook.title()
        return name if self.number is None else f"{name} ({self.number})"


COURSE = Column()
"""Column that bears the course's title, used unless an option names another."""


class Gradebooks:
    """The three gradebooks of a class, to which students are added one by one."""

    def __init__(self, column: Column) -> None:
        self._column = column
        self._all: Lines = []
        self._canvas: Lines = []
        self._moodle: Lines = []

    def add(self, row: Marked, report: str) -> None:
        """Add a student's line to each gradebook; ``report`` is the path of the student's page."""
        student, total = row.hand_in.student, mark_of(row).total
        self._all.append(gradebook.line(row, report))
        if total is None:
            return
        if any(student.ids.get(name) for name in CANVAS_IDS):
            self._canvas.append(_canvas(student, total))
        if student.ids.get(MOODLE_ID):
            self._moodle.append(_moodle(row, total))

    def tables(self) -> dict[str, str | None]:
        """Return the text of each file by its name; None for a platform from which no student with a mark comes."""
        heads = ("Student", *CANVAS_IDS, "Section", self._column.head)
        first = [_POINTS_POSSIBLE, "", "", "", "", possible()]
        return {
            "gradebook.csv": tables.to_csv(gradebook.heads(), self._all),
            CANVAS: _table(heads, self._canvas, first),
            "moodle.csv": _table(MOODLE_HEADS, self._moodle),
        }


def _table(heads: Iterable[str], lines: Lines, *first: list[object]) -> str | None:
    return tables.to_csv(heads, [*first, *lines]) if lines else None


def _canvas(student: Student, total: float) -> list[object]:
    return [student.name, *(student.ids.get(name, "") for name in CANVAS_IDS), student.section, total]


def _moodle(row: Marked, total: float) -> list[object]:
    student = row.hand_in.student
    known = (student.ids[MOODLE_ID], student.name, student.email, "Submitted for grading")
    return [*known, total, possible(), "Yes", row.hand_in.submitted, ""]
