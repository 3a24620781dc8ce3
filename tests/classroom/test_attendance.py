"""The course's list beside the class: who has not handed in, who is unknown, and what nobody should decide."""

from __future__ import annotations

from pathlib import Path

import pytest
from class_rows_by_hand import row, rows, student, unread

from autograder.classroom.attendance import ABSENT, Attendance, attendance, told
from autograder.classroom.hand_ins import HandIn, Student
from autograder.classroom.publish import publish
from autograder.classroom.roster_file import RosterError, read_roster


def listed(tmp_path: Path, text: str, *students: Student) -> Attendance:
    path = tmp_path / "roster.csv"
    path.write_text(text, encoding="utf-8")
    return attendance([HandIn(one, Path("a.ipynb")) for one in students], read_roster(path))


def names(students: tuple[Student, ...]) -> list[str]:
    return [one.name for one in students]


GRADESCOPE = """\
First Name,Last Name,SID,Email,Role,Section
Ada,Lovelace,0011,ada@example.edu,Student,A
Grace,Hopper,0012,grace@example.edu,Student,B
Alan,Turing,0013,alan@example.edu,Student,A
Emmy,Noether,,emmy@example.edu,Instructor,
"""
CANVAS = """\
Student,ID,SIS User ID,SIS Login ID,Section,Homework 1 (5)
    Points Possible,,,,,10
"Lovelace, Ada",77,0011,alovelace,Lab,9
"Hopper, Grace",78,0012,ghopper,Lab,
"Student, Test",79,,abc,Lab,
"""
MOODLE = "\ufeffFirst name;Last name;ID number;Email address\nJosé;Núñez;5;jose@example.edu\nAda;Lovelace;6;\n"


def test_who_has_not_handed_in_and_who_is_unknown_is_told(tmp_path: Path) -> None:
    ada = student("Ada Lovelace", email="ada@example.edu", ids={"SID": "0011"})
    found = listed(tmp_path, GRADESCOPE, ada, student("Mallory"))
    assert names(found.absent) == ["Grace Hopper", "Alan Turing"]
    assert names(found.unknown) == ["Mallory"]
    assert found.doubts == ()
    assert [(one.student.name, one.problem) for one in found.hand_ins if not one.file] == [
        ("Alan Turing", ABSENT),
        ("Grace Hopper", ABSENT),
    ]


def test_canvas_files_are_matched_to_its_gradebook_which_gives_names_and_identifiers(tmp_path: Path) -> None:
    found = listed(tmp_path, CANVAS, student("lovelaceada", ids={"ID": "77"}))
    [ada] = [one.student for one in found.hand_ins if one.file]
    assert (ada.key, ada.name, ada.section) == ("lovelaceada", "Lovelace, Ada", "Lab")
    assert ada.ids == {"ID": "77", "SIS User ID": "0011", "SIS Login ID": "alovelace"}
    assert names(found.absent) == ["Hopper, Grace"]


def test_moodles_list_with_semicolons_and_accents_is_matched_by_name(tmp_path: Path) -> None:
    found = listed(
        tmp_path, MOODLE, student("JOSE NUNEZ", ids={"Identifier": "Participant 3"}), student("ada lovelace")
    )
    assert (found.absent, found.unknown, found.doubts) == ((), (), ())
    jose = next(one.student for one in found.hand_ins if one.student.ids.get("Identifier"))
    assert (jose.name, jose.last_name, jose.email) == ("José Núñez", "Núñez", "jose@example.edu")


def test_two_of_a_name_are_told_apart_by_their_identifiers(tmp_path: Path) -> None:
    text = "Name,SID\nAnna Lee,1\nAnna Lee,2\n"
    two = [student("Anna Lee", key=f"anna-{sid}", ids={"SID": sid}) for sid in ("2", "1")]
    found = listed(tmp_path, text, *two)
    assert (found.absent, found.unknown, found.doubts) == ((), (), ())


@pytest.mark.parametrize(
    ("text", "keys"),
    [
        ("Name\nAnna Lee\n", ["anna-1", "anna-2"]),
        ("Name\nAnna Lee\nLee, Anna\n", ["anna-1"]),
        ("Name\nAnna Lee\nLEE ANNA\n", ["anna-1", "anna-2"]),
    ],
)
def test_nobody_is_chosen_where_several_may_be_meant(text: str, keys: list[str], tmp_path: Path) -> None:
    found = listed(tmp_path, text.replace("Lee, Anna", '"Lee, Anna"'), *(student("Anna Lee", key=key) for key in keys))
    assert (found.absent, found.unknown) == ((), ())
    assert [one.line for one in found.doubts] == list(range(2, text.count("\n") + 1))
    assert {one.key for doubt in found.doubts for one in doubt.students} == set(keys)


def test_one_name_with_two_addresses_is_in_doubt_and_not_matched(tmp_path: Path) -> None:
    found = listed(tmp_path, "Name,Email\nAda Lovelace,al@a.edu\n", student("Ada Lovelace", email="ada@b.edu"))
    [doubt] = found.doubts
    assert "another one" in doubt.reason
    assert (found.absent, found.unknown) == ((), ())


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("", "line 1"),
        ("Colour,Size\nred,1\n", "line 1"),
        ("Name,SID\nAda,1\n\nBob,1\n", "line 4: the SID 1 stands in line 2 already"),
        ("Name,Email\nAda,a@b.c\nAda Two,A@B.C\n", "line 3: the email address"),
        ('Name,SID\n"Ada,1\n', "line 2"),
        ("Name,Colour\nAda,red\n,blue\n", "line 3: names nobody"),
    ],
)
def test_a_list_that_cannot_be_used_names_the_line(text: str, says: str, tmp_path: Path) -> None:
    with pytest.raises(RosterError, match=says):
        listed(tmp_path, text)


def test_a_list_in_another_encoding_says_so(tmp_path: Path) -> None:
    path = tmp_path / "roster.csv"
    path.write_bytes("Name\nAda\nJosé\n".encode("latin-1"))
    with pytest.raises(RosterError, match=r"line 3: .*UTF-8"):
        read_roster(path)
    with pytest.raises(RosterError, match="cannot be read"):
        read_roster(tmp_path / "none.csv")


def test_without_a_list_the_class_is_as_it_was() -> None:
    hand_ins = [HandIn(student("Ada"), Path("a.ipynb"))]
    assert attendance(hand_ins, ()).hand_ins == tuple(hand_ins)


def test_the_terminal_and_the_page_tell_it_and_pseudonyms_stay_pseudonyms(tmp_path: Path) -> None:
    found = listed(
        tmp_path, GRADESCOPE, student("Ada Lovelace"), student("Mallory"), student("Alan Turing", email="x@y.z")
    )
    lines = list(told(found, anonymous=False))
    assert lines[0] == "Beside the list: 1 have not handed in, 1 are not on it."
    assert any(line.startswith("Not handed in: Grace Hopper") for line in lines)
    assert any(line.startswith("In doubt: line 4: ") and "Alan Turing" in line for line in lines)
    assert not [
        line for line in told(found, anonymous=True) if "Hopper" in line or "Turing" in line or "Mallory" in line
    ]
    made = [row(one.student) if one.file else unread(one.student, one.problem) for one in found.hand_ins]
    for anonymous in (False, True):
        publish(rows(*made), tmp_path, listed=found, anonymous=anonymous)
        page = (tmp_path / "class.html").read_text(encoding="utf-8")
        assert "1 have not handed in" in page and "1 are in the class but not on the list" in page
        assert "Lines of the list that are in doubt" in page
        assert ("Mallory" in page) != anonymous
    assert "Missing" in (tmp_path / "gradebook.csv").read_text(encoding="utf-8")
