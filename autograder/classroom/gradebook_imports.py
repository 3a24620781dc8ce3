"""The marks for platforms that import them: ``canvas.csv`` and ``moodle.csv``.

Canvas' columns are those of ``lib/gradebook_importer.rb`` in github.com/instructure/canvas-lms: the header must begin
with Student and ID, then SIS User ID and SIS Login ID, and Section before the assignments; a row whose first column
holds "Points Possible" gives their points. A student is found by ID, else by SIS User ID, SIS Login ID or name; the
assignment by the number in brackets at the end of its head, else by that head as its title, and else it is a new one.

Moodle's are those of its grading worksheet (``mod/assign/feedback/offline/importgradeslib.php`` in
github.com/moodle/moodle): it reads Identifier, Grade and Last modified (grade) alone, and feedback where there is such
a column, which would wipe what is there, so there is none.

Neither has a line for who has no mark: an empty cell would wipe what Canvas has.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from autograder.classroom import gradebook, tables
from autograder.classroom.hand_ins import Marked, Student
from autograder.classroom.marks import mark_of, possible

CANVAS = "canvas.csv"
CANVAS_IDS = ("ID", "SIS User ID", "SIS Login ID")
MOODLE_ID = "Identifier"
MOODLE_HEADS = (
    *(MOODLE_ID, "Full name", "Email address", "Status", "Grade", "Maximum Grade", "Grade can be changed"),
    *("Last modified (submission)", "Last modified (grade)"),
)
_POINTS_POSSIBLE = "    Points Possible"

Lines = list[list[object]]


@dataclass(frozen=True)
class Column:
    """The assignment in Canvas: its name, that of this course where it is empty, and its number if that is known."""

    name: str = ""
    number: int | None = None

    @property
    def head(self) -> str:
        """The head of its column."""
        name = self.name or gradebook.title()
        return name if self.number is None else f"{name} ({self.number})"


COURSE = Column()
"""The course's own name for it, where Canvas' is not told."""


class Gradebooks:
    """Takes the rows of a class one by one, and gives all tables of marks."""

    def __init__(self, column: Column) -> None:
        self._column = column
        self._all: Lines = []
        self._canvas: Lines = []
        self._moodle: Lines = []

    def add(self, row: Marked, report: str) -> None:
        """Count a student in; ``report`` is the name of the student's page."""
        student, total = row.hand_in.student, mark_of(row).total
        self._all.append(gradebook.line(row, report))
        if total is None:
            return
        if any(student.ids.get(name) for name in CANVAS_IDS):
            self._canvas.append(_canvas(student, total))
        if student.ids.get(MOODLE_ID):
            self._moodle.append(_moodle(row, total))

    def tables(self) -> dict[str, str | None]:
        """The text of each file by its name; None where the class has nobody of that platform's."""
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
