"""``class.html``, the page for the staff: one file that needs no network, and all of it is there without its script."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from autograder.assignment import ASSIGNMENT
from autograder.classroom import pages
from autograder.classroom.analysis import ClassStatistics
from autograder.classroom.attendance import Attendance
from autograder.classroom.discrimination import LEAST_FOR_DISCRIMINATION, LOW_DISCRIMINATION
from autograder.classroom.explanations import TEXTS
from autograder.classroom.similarity import Alike
from autograder.classroom.student_rows import StudentRows
from autograder.classroom.written_texts import WrittenTexts

MOST_SHOWN = 1500
"""Characters of an explanation on the page of all students, which 1,000 long ones would make slow; the rest is on the
page about the student."""
GUIDE = Path(__file__).resolve().parents[2] / "solutions" / "marking-guide.md"
QUESTION_OF = {one.name: one.question for one in ASSIGNMENT.misconceptions}
HINTS = {one.name: one.hint for one in ASSIGNMENT.misconceptions}


def class_page(
    found: ClassStatistics,
    alike: list[Alike],
    explanations: WrittenTexts,
    students: StudentRows,
    listed: Attendance | None = None,
) -> Iterator[str]:
    """The page, piece by piece; ``listed`` is what came of the course's list of students, if there is one."""
    general, guides = _guide()
    look_alike = dict.fromkeys((name for one in alike for name in one.students), ("looks like another",))
    return pages.template("class.html").generate(
        found=found,
        students=students.listed(look_alike),
        files=students.files,
        letters=MOST_SHOWN,
        widths=[round(_width(name), 1) for name in ASSIGNMENT.manifest.questions],
        roster=students.attendance(listed) if listed else None,
        questions=[
            (name, [one for one in found.checks if one.check.question == name])
            for name in ASSIGNMENT.manifest.questions
        ],
        indistinct=[one for one in found.checks if one.verdict],
        misconceptions=[(name, QUESTION_OF[name], HINTS[name], who) for name, who in found.misconceptions],
        alike=alike,
        general=general,
        written=[(name, guides.get(name, ""), explanations.count(name), explanations.of(name)) for name in guides],
        low=LOW_DISCRIMINATION,
        least=LEAST_FOR_DISCRIMINATION,
    )


def _width(question: str) -> float:
    """Width of a question's column in the list of students: a mark of each check stands there, below the name."""
    return max(0.75 * len(ASSIGNMENT.of(question)) + 1.2, 0.52 * len(question) + 1.6)


def _guide() -> tuple[Any, dict[str, Any]]:
    """The marking guide as HTML: what holds for both explanations, and the part about each.

    A part begins with a heading that says so, "## Explanation 1: ...". What stands elsewhere holds for both.
    """
    text = GUIDE.read_text(encoding="utf-8") if GUIDE.is_file() else ""
    general, parts = [], dict.fromkeys(TEXTS, "")
    for part in re.split(r"^(?=## )", text, flags=re.MULTILINE):
        number = re.match(r"## Explanation (\d)", part)
        name = TEXTS[int(number[1]) - 1] if number and 0 < int(number[1]) <= len(TEXTS) else ""
        if name in parts:
            parts[name] += part
        else:
            general.append(part)
    return (
        pages.markdown("".join(general), top=3),
        {name: pages.markdown(part, top=3) for name, part in parts.items()},
    )
