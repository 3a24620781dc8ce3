"""Overrides are read from a file that belongs to people; a line that names nobody or nothing is told by its number."""

from __future__ import annotations

from dataclasses import replace
from datetime import timezone
from pathlib import Path

import pytest
from assigned import CHECKS
from class_rows_by_hand import student

from autograder import plain_words, settings
from autograder.classroom import overrides
from autograder.classroom.hand_ins import Decision
from autograder.classroom.lateness import Deadline
from autograder.classroom.naming import pseudonym
from autograder.classroom.overrides import OverrideError, Overrides

ADA = student("Ada Lovelace", key="ada-lovelace-1", email="ada@example.edu", ids={"SID": "0011"})
BOB = student("Bob Hopper", key="bob-hopper-2", email="bob@example.edu")
TWIN = student("Bob Hopper", key="bob-hopper-3")
FIRST = CHECKS[0]
DUE = Deadline(due=plain_words.moment("2026-11-30T23:59", timezone.utc))


def read(out: Path, *lines: str, deadline: Deadline = DUE) -> Overrides:
    """What a file with these lines says."""
    text = "\n".join([",".join(overrides.COLUMNS), *lines]) + "\n"
    (out / overrides.FILE).write_text(text, encoding="utf-8")
    return overrides.read(out, [ADA, BOB, TWIN], deadline)


def test_the_file_is_made_with_examples_that_count_for_nothing_and_never_again(tmp_path: Path) -> None:
    overrides.create(tmp_path)
    text = (tmp_path / overrides.FILE).read_text(encoding="utf-8")
    head, *examples = text.splitlines()
    assert head == "student,what,points or grade,comment"
    assert len(examples) > 4 and all(line.startswith("# ") for line in examples)
    assert overrides.read(tmp_path, [ADA], DUE) == Overrides()
    (tmp_path / overrides.FILE).write_text("mine", encoding="utf-8")
    overrides.create(tmp_path)
    assert (tmp_path / overrides.FILE).read_text(encoding="utf-8") == "mine"


def test_the_examples_work_once_they_are_uncommented(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    course = replace(settings.load(), explanation_points={"explain_1": 5})
    monkeypatch.setattr(settings, "load", lambda: course)
    overrides.create(tmp_path)
    lines = (tmp_path / overrides.FILE).read_text(encoding="utf-8").splitlines()
    (tmp_path / overrides.FILE).write_text("\n".join([lines[0], *(line[2:] for line in lines[2:])]), encoding="utf-8")
    ada = student("Ada Lovelace", key="ada-lovelace-1", email="ada@example.edu", ids={"SID": "0012345"})
    found = overrides.read(tmp_path, [ada, BOB], DUE)
    assert {*found.decisions[ada.key]} == {FIRST.id, CHECKS[-1].question, "explain_1", "total"}
    assert ada.key in found.extensions


@pytest.mark.parametrize(
    "name",
    ["Ada Lovelace", "ada lovelace", "Lovelace, Ada", "ada@example.edu", "0011", "ada-lovelace-1", pseudonym(ADA.key)],
)
def test_a_student_is_named_in_any_way_that_means_one(tmp_path: Path, name: str) -> None:
    quoted = f'"{name}"'
    found = read(tmp_path, f'{quoted},{FIRST.id},1,"Right, but late"')
    assert found.decisions == {ADA.key: {FIRST.id: Decision(1, "Right, but late", "overrides.csv, line 2")}}


def test_what_can_be_decided_are_checks_questions_explanations_and_the_total(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    course = replace(settings.load(), explanation_points={"explain_1": 5})
    monkeypatch.setattr(settings, "load", lambda: course)
    found = read(
        tmp_path,
        *(f"ada@example.edu,{FIRST.id},0", f"ada@example.edu,{FIRST.question.upper()},12.5,a"),
        *("ada@example.edu,explain_1,80%,b", 'ada@example.edu,total,"91,5"'),
    )
    assert {what: one.points for what, one in found.decisions[ADA.key].items()} == {
        FIRST.id: 0,
        FIRST.question: 12.5,
        "explain_1": 4,
        "total": 91.5,
    }


def test_of_two_lines_about_the_same_the_later_one_counts(tmp_path: Path) -> None:
    found = read(tmp_path, "0011,total,50,first", "# 0011,total,1", "Ada Lovelace,Total,60,second")
    assert found.decisions[ADA.key]["total"] == Decision(60, "second", "overrides.csv, line 4")


def test_an_extension_is_a_span_or_a_time(tmp_path: Path) -> None:
    found = read(tmp_path, "0011,extension,2 days,ill", "bob@example.edu,extension,2026-12-24")
    assert found.extensions[ADA.key].isoformat() == "2026-12-02T23:59:00+00:00"
    assert found.extensions[BOB.key].isoformat() == "2026-12-24T23:59:59+00:00"


@pytest.mark.parametrize(
    "line, says",
    [
        ("Ada Lovlace,total,50", "nobody in the class is called Ada Lovlace; did you mean Ada Lovelace?"),
        (",total,50", "nobody in the class is called nothing"),
        ("Bob Hopper,total,50", "Bob Hopper may be bob-hopper-2 or bob-hopper-3; write one of these"),
        ("0011,totl,50", "there is no totl to change; did you mean total?"),
        ("0011,,50", "there is no empty thing to change"),
        ("0011,explain_1,5", "the course gives no points for explain_1; set them in settings.toml"),
        ("0011,total,101", "write points from 0 to 100, or a grade such as 80%, not '101'"),
        ("0011,total,-1", "write points from 0 to 100"),
        ("0011,total,A-", "write points from 0 to 100"),
        ("0011,total,", "write points from 0 to 100"),
        ("0011,extension,soon", "write an extension as '2 days'"),
        ("0011,extension,2026-11-01", "ends before the due date"),
        ("0011,total,91,5,decimal comma", "more cells than columns"),
    ],
)
def test_a_line_that_cannot_be_is_told_with_its_number(tmp_path: Path, line: str, says: str) -> None:
    with pytest.raises(OverrideError) as error:
        read(tmp_path, "# an example", "0011,total,50,fine", line)
    assert str(error.value).startswith("overrides.csv, line 4: ")
    assert says in str(error.value)


def test_all_wrong_lines_are_told_at_once(tmp_path: Path) -> None:
    with pytest.raises(OverrideError) as error:
        read(tmp_path, "Zoe,total,50", "0011,total,50", "Yan,total,50")
    assert [line.strip()[:25] for line in str(error.value).splitlines()[1:]] == [
        "overrides.csv, line 2: no",
        "overrides.csv, line 4: no",
    ]


def test_an_extension_without_a_due_date_stops_the_run_before_it_forgets_lateness(tmp_path: Path) -> None:
    with pytest.raises(OverrideError, match="line 2: there is no due date to extend"):
        read(tmp_path, "0011,extension,2 days", deadline=Deadline())


def test_lines_are_added_at_the_end_in_the_files_own_way_and_hold_no_formula(tmp_path: Path) -> None:
    (tmp_path / overrides.FILE).write_text("student;what;points or grade;comment\n0011;total;50;=x", encoding="utf-8")
    overrides.add(tmp_path, [(ADA.key, "total", "60", "=1+1")])
    text = (tmp_path / overrides.FILE).read_text(encoding="utf-8")
    assert text.splitlines()[-1] == f"{ADA.key};total;60;'=1+1"
    found = overrides.read(tmp_path, [ADA], DUE)
    assert found.decisions[ADA.key]["total"] == Decision(60, "=1+1", "overrides.csv, line 3")


def test_without_the_file_nothing_is_decided(tmp_path: Path) -> None:
    assert overrides.read(tmp_path, [ADA], DUE) == Overrides()
