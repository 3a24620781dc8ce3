"""The marks as CSV: a general gradebook with the columns that Gradescope writes, and one that Canvas imports."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Iterator, Mapping

from autograder.classroom.records import Marked
from autograder.records import QUESTIONS
from autograder.rubric import CHECKS

_POINTS = {question: sum(check.points for check in CHECKS if check.question == question) for question in QUESTIONS}
MAX_POINTS = sum(_POINTS.values())
ASSIGNMENT = "Automatic differentiation"
_FORMULA = ("=", "+", "-", "@", "\t", "\r")


def gradebook(rows: Iterable[Marked]) -> str:
    """One line a student, also for those whose submission could not be read.

    Name, SID, Email, Total Score, Max Points, Status, Submission Time and Lateness are called as in Gradescope's own
    download of grades; then follow the points by question and the notes.
    """
    heads = ["Name", "SID", "Email", "Total Score", "Max Points", "Status", "Submission Time", "Lateness"]
    return _csv([*heads, *(f"{name} ({points})" for name, points in _POINTS.items()), "Notes"], _lines(rows))


def _lines(rows: Iterable[Marked]) -> Iterator[list[object]]:
    for row in rows:
        student, report = row.hand_in.student, row.report
        has_fault = any(check["outcome"] == "grader_fault" for check in report["checks"])
        status = (
            "Grader fault" if has_fault else "Graded" if row.result else "Not read" if row.hand_in.file else "Missing"
        )
        score = "" if has_fault else report["score"]  # no mark is not a zero
        notes = "; ".join([*row.hand_in.notes, *([] if row.result else [row.hand_in.problem or report["notes"][0]])])
        sid = next(iter(row.hand_in.student.ids.values()), "") or student.key
        late = "Late" if row.hand_in.late else ""
        who = [student.name, sid, student.email]
        yield [*who, score, MAX_POINTS, status, row.hand_in.submitted, late, *by_question(report).values(), notes]


def canvas(rows: Iterable[Marked]) -> str:
    """What Canvas' gradebook imports: Student, ID, Section and one column with the assignment's name.

    An empty mark leaves what Canvas has.
    """
    own = (row for row in rows if "ID" in row.hand_in.student.ids)
    lines = ([row.hand_in.student.name, row.hand_in.student.ids["ID"], "", _mark(row)] for row in own)
    return _csv(["Student", "ID", "Section", ASSIGNMENT], lines)


def _mark(row: Marked) -> object:
    has_fault = any(check["outcome"] == "grader_fault" for check in row.report["checks"])
    return "" if has_fault or row.hand_in.file is None else row.report["score"]


def by_question(report: Mapping[str, object]) -> dict[str, int]:
    """The points of each question."""
    points = dict.fromkeys(QUESTIONS, 0)
    checks = report["checks"]
    for check in checks if isinstance(checks, list) else []:
        points[check["question"]] += check["score"]
    return points


def _csv(heads: list[str], lines: Iterable[list[object]]) -> str:
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(heads)
    writer.writerows([_cell(value) for value in line] for line in lines)
    return text.getvalue()


def _cell(value: object) -> object:
    """A text that no spreadsheet takes for a formula: an apostrophe before it says so, as spreadsheets write it."""
    if not isinstance(value, str):
        return value
    clean = "".join(c if c.isprintable() else " " for c in value)
    return f"'{clean}" if clean.startswith(_FORMULA) else clean
