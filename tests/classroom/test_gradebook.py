"""The gradebooks have a line for everybody, columns that platforms know, and no formula."""

from __future__ import annotations

import csv
import io
import re
from pathlib import Path

import pytest
from class_rows_by_hand import report, row, rows, student, unread

from autograder.classroom import gradebook
from autograder.classroom.hand_ins import Marked, Student
from autograder.classroom.publish import publish

FORMULAS = ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1", " =1", "\uff1d1", "a;=1+1", "\n=1", "\u2028=1"]


def table(out: Path, name: str = "gradebook.csv") -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO((out / name).read_text(encoding="utf-8"))))


def published(out: Path, *made: Marked) -> list[dict[str, str]]:
    publish(rows(*made), out)
    return table(out)


def test_everybody_has_a_line_and_no_mark_is_an_empty_cell(tmp_path: Path) -> None:
    lines = published(
        tmp_path,
        row("Ada"),
        row("Bob", report({"mul.square": ""}, outcome="grader_fault")),
        unread("Cy", "It is no notebook.", file=Path("cy.ipynb")),
        unread("Dee", "No notebook was found."),
    )
    assert [(one["Name"], one["Total Score"], one["Status"]) for one in lines] == [
        ("Ada", "100", "Graded"),
        ("Bob", "", "Ungraded"),
        ("Cy", "", "Ungraded"),
        ("Dee", "", "Missing"),
    ]
    assert [one["Notes"] for one in lines] == ["", "The grader failed.", "It is no notebook.", "No notebook was found."]


def test_the_points_of_the_questions_add_up(tmp_path: Path) -> None:
    (line,) = published(tmp_path, row("Ada", report({"mul.square": "", "pow.chained": ""})))
    questions = {name: cell for name, cell in line.items() if re.fullmatch(r"\d: \w+ \(\d+\.0 pts\)", name)}
    assert list(questions) == [
        *("1: mul (26.0 pts)", "2: pow (21.0 pts)", "3: relu (18.0 pts)"),
        *("4: training (21.0 pts)", "5: test_vs_train (14.0 pts)"),
    ]
    assert sum(map(int, questions.values())) == int(line["Total Score"]) == 95
    assert line["Max Points"] == "100"


GRADESCOPE = (
    *("First Name", "Last Name", "SID", "Email", "Sections", "Total Score", "Max Points", "Status"),
    *("Submission ID", "Submission Time", "Lateness (H:M:S)", "View Count", "Submission Count"),
)
"""The columns of Gradescope's download of an assignment's grades, before the questions."""


def test_the_columns_of_gradescopes_download_come_first_with_its_names(tmp_path: Path) -> None:
    who = student("Ada King Lovelace", key="ada-1", email="ada@example.edu", ids={"SID": "0011"})
    late = row(who, submitted="2026-11-20T10:00:00+00:00", late=True, earlier=("2026-11-19: 3 points",))
    (line,) = published(tmp_path, late)
    assert tuple(line)[: len(GRADESCOPE)] == GRADESCOPE
    assert [name for name in line if re.fullmatch(r"\d+: .+ \(\d+\.\d pts\)", name)] == list(line)[13:18]
    shown = {name: line[name] for name in (*GRADESCOPE, "Name", "Late", "Report") if line[name]}
    assert shown == {
        "First Name": "Ada King",
        "Last Name": "Lovelace",
        "SID": "0011",
        "Email": "ada@example.edu",
        "Total Score": "100",
        "Max Points": "100",
        "Status": "Graded",
        "Submission Time": "2026-11-20T10:00:00+00:00",
        "Submission Count": "2",
        "Name": "Ada King Lovelace",
        "Late": "yes",
        "Report": "reports/ada-1.html",
    }


@pytest.mark.parametrize(
    ("name", "last_name", "first_and_last"),
    [
        ("Ada Lovelace", "", ("Ada", "Lovelace")),
        ("Lovelace, Ada", "", ("Ada", "Lovelace")),
        ("Juan de la Cruz", "de la Cruz", ("Juan", "de la Cruz")),
        ("lovelaceada", "", ("lovelaceada", "")),
    ],
)
def test_a_name_is_parted_as_the_list_has_it(name: str, last_name: str, first_and_last: tuple[str, str]) -> None:
    assert gradebook.first_and_last(Student("key", name, last_name=last_name)) == first_and_last


@pytest.mark.parametrize("name", FORMULAS)
def test_no_text_of_a_students_is_a_formula(name: str, tmp_path: Path) -> None:
    who = student(name, key="key", email=name, ids={"ID": name, "Identifier": name})
    published(tmp_path, row(who, submitted=name, notes=(name,)), unread(student(name, key="other"), name))
    for file in ("gradebook.csv", "canvas.csv", "moodle.csv"):
        for cells in csv.reader((tmp_path / file).read_text(encoding="utf-8").splitlines()):
            assert not [cell for cell in cells if re.search(r"(^|;)\s*[=+\-@\uff1d]", cell)]


def test_a_name_of_a_megabyte_is_cut(tmp_path: Path) -> None:
    published(tmp_path, row(student("A" * 2**20, key="a")))
    assert (tmp_path / "gradebook.csv").stat().st_size < 3000
