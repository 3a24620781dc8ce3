"""Canvas and Moodle import what is written for them: read here as their importers read it."""

from __future__ import annotations

import csv
import re
from pathlib import Path
from typing import Any

from class_rows_by_hand import report, row, rows, student, unread

from autograder.classroom import gradebook
from autograder.classroom.gradebook_imports import COURSE, Column
from autograder.classroom.hand_ins import Marked, Student
from autograder.classroom.publish import publish


def published(out: Path, *made: Marked, column: Column = COURSE) -> Path:
    publish(rows(*made), out, column=column)
    return out


def canvas_import(path: Path) -> dict[str, Any]:
    """What ``lib/gradebook_importer.rb`` makes of a file: the assignment, its points, and each student's grade."""
    with path.open(encoding="utf-8", newline="") as file:
        head, *lines = csv.reader(file)
    assert len(head) > 3 and "Student" in head[0] and "ID" in head[1]
    assert re.search(r"SIS\s+User\s+ID", head[2]) and re.search(r"SIS\s+Login\s+ID", head[3])
    assert "Section" in head[4]
    [column] = head[5:]
    named = re.fullmatch(r"(.*)\s+\((\d+)\)", column)
    points = [line for line in lines if "Points Possible" in line[0]]
    grades = {line[1] or line[2] or line[3] or line[0]: line[5] for line in lines if line not in points}
    return {
        "title": named[1] if named else column,
        "id": int(named[2]) if named else None,
        "points": float(points[0][5]),
        "grades": {who: float(grade) for who, grade in grades.items()},
    }


def moodle_import(path: Path) -> dict[int, float]:
    """What ``importgradeslib.php`` makes of a file: participants and their grades."""
    with path.open(encoding="utf-8", newline="") as file:
        head, *lines = csv.reader(file)
    at, grade, _ = head.index("Identifier"), head.index("Grade"), head.index("Last modified (grade)")
    assert not [name for name in head if "eedback" in name]  # would wipe what is there
    return {int(line[at][len("Participant ") :]): float(line[grade]) for line in lines}


def test_canvas_finds_the_assignment_by_its_number_and_the_students_by_any_identifier(tmp_path: Path) -> None:
    ada, bob = student("Ada", ids={"ID": "77"}), student("Bob", ids={"SIS User ID": "s1", "SIS Login ID": "bob"})
    made = row(ada), row(bob, report({"mul.square": ""}))
    out = published(tmp_path, *made, column=Column("Homework 3: gradients", 123456))
    assert canvas_import(out / "canvas.csv") == {
        "title": "Homework 3: gradients",
        "id": 123456,
        "points": 100,
        "grades": {"77": 100, "s1": 98},
    }


def test_without_options_the_assignment_has_the_courses_name(tmp_path: Path) -> None:
    found = canvas_import(published(tmp_path, row(student("Ada", ids={"ID": "77"}))) / "canvas.csv")
    assert (found["title"], found["id"]) == (gradebook.title(), None)


def test_canvas_gets_the_section_of_the_list(tmp_path: Path) -> None:
    published(tmp_path, row(Student("ada-1", "Ada", ids={"ID": "77"}, section="Lab 2")))
    assert "Ada,77,,,Lab 2,100" in (tmp_path / "canvas.csv").read_text(encoding="utf-8")


def test_moodle_finds_its_participants_and_their_grades(tmp_path: Path) -> None:
    made = [
        row(
            student(name, ids={"Identifier": f"Participant {number}"}), report({"mul.square": ""} if number > 1 else {})
        )
        for number, name in enumerate(("Ada", "Bob"), start=1)
    ]
    assert moodle_import(published(tmp_path, *made) / "moodle.csv") == {1: 100, 2: 98}


def test_platforms_keep_the_marks_of_those_who_have_none_here(tmp_path: Path) -> None:
    fault = report({"mul.square": ""}, outcome="grader_fault")

    def ids(number: int) -> dict[str, str]:
        return {"ID": str(number), "Identifier": f"Participant {number}"}

    out = published(
        tmp_path,
        row(student("Ada", ids=ids(1))),
        row(student("Bob", ids=ids(2)), fault),
        unread(student("Cy", ids=ids(3)), "Broken."),
        row("Dee"),
    )
    assert canvas_import(out / "canvas.csv")["grades"] == {"1": 100}
    assert moodle_import(out / "moodle.csv") == {1: 100}


def test_a_class_of_another_platform_has_no_file_for_either(tmp_path: Path) -> None:
    published(tmp_path, row(student("Ada", ids={"ID": "1", "Identifier": "Participant 1"})))
    published(tmp_path, row("Ada"))
    assert not (tmp_path / "canvas.csv").exists()
    assert not (tmp_path / "moodle.csv").exists()
