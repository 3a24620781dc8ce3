"""Students are found by identifier, else by name without case, accents and order; who is not certain is not chosen."""

from __future__ import annotations

import pytest
from class_rows_by_hand import student

from autograder.classroom.hand_ins import Student
from autograder.classroom.matching import Directory

CLASS = [
    student("lovelaceada", key="ada-1", ids={"ID": "7"}),
    student("Søren O’Brien", key="soren-2"),
    student("Anna Lee", key="anna-3", ids={"SID": "0031"}),
    student("Anna Lee", key="anna-4", ids={"SID": "32"}),
    student("00123", key="plain-5"),
    student("José María Núñez", key="jose-6", email="jmn@example.edu"),
    student("孙悟空", key="sun-7"),
    student("Anna Leeson", key="leeson-8"),
]


def found(name: str, email: str = "", **ids: str) -> list[str]:
    return Directory((one, one.key) for one in CLASS).find(Student("", name, email, ids))


@pytest.mark.parametrize(
    ("name", "key"),
    [
        *(("Ada Lovelace", "ada-1"), ("LOVELACE, Ada", "ada-1"), ("Ada LOVELACE", "ada-1")),
        *(
            ("soren o'brien", "soren-2"),
            ("OBrien, Soren", "soren-2"),
            ("Søren O\N{MODIFIER LETTER APOSTROPHE}Brien", "soren-2"),
        ),
        *(("Nunez, Jose Maria", "jose-6"), ("JOSE\u0301 MARI\u0301A NU\u0301N\u0303EZ", "jose-6")),
        ("孙悟空", "sun-7"),
        ("ada-1", "ada-1"),
    ],
)
def test_a_name_is_found_in_any_case_order_and_spelling_of_accents(name: str, key: str) -> None:
    assert found(name) == [key]


def test_an_identifier_comes_before_the_name() -> None:
    assert found("Anna Lee", SID="32") == ["anna-4"]
    assert found("Ada Lovelace", SID="32") == ["anna-4"]
    assert found("Somebody Else", "JMN@example.edu") == ["jose-6"]
    assert found("Somebody Else", SID="00123") == ["plain-5"]  # a folder that is called by it
    assert found("7") == ["ada-1"]


def test_two_of_a_name_are_both_told_and_nobody_is_chosen() -> None:
    assert found("Lee, Anna") == ["anna-3", "anna-4"]


def test_a_name_with_another_identifier_is_somebody_else() -> None:
    assert found("Anna Lee", SID="99") == []
    assert found("José María Núñez", "other@example.edu") == []
    assert found("Ada Lovelace", SID="99") == ["ada-1"]  # there is none of that kind to compare with


@pytest.mark.parametrize("name", ["Anna", "Lee", "Ann Alee", "Leean Na", "Ada Love", "Annalee", "", " ", "Søren"])
def test_nothing_is_guessed_from_a_part_or_from_letters_that_happen_to_agree(name: str) -> None:
    assert found(name) in ([], ["anna-3", "anna-4"] if name == "Annalee" else [])


def test_a_number_of_one_kind_is_not_that_of_another_where_both_are_known() -> None:
    both = student("A B", key="x", ids={"ID": "5", "SID": "8"})
    directory = Directory([(both, "x")])
    assert directory.find(Student("", "C D", "", {"SID": "5"})) == []
    assert directory.find(Student("", "C D", "", {"SIS User ID": "5"})) == ["x"]
