"""Comparison of a class with the course's list: who has not handed in, and who is not on the list."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import TypeVar

from autograder.classroom.exports import key_of
from autograder.classroom.hand_ins import HandIn, Student
from autograder.classroom.matching import Directory
from autograder.classroom.naming import pseudonym, words_of
from autograder.classroom.roster_file import Entry

ABSENT = "Nothing was handed in."
"""Problem that the hand-in of an absent student has."""

Thing = TypeVar("Thing")


@dataclass(frozen=True)
class Doubt:
    """A line of the list that cannot be given to one student with certainty, the reason, and who may be meant."""

    line: int
    reason: str
    students: tuple[Student, ...]


@dataclass(frozen=True)
class Attendance:
    """Everybody who is in the class or on the list, with what both tell of each person, and what does not fit.

    ``absent`` are only on the list, ``unknown`` are only in the class. Students in ``doubts`` are in neither of these.
    """

    hand_ins: tuple[HandIn, ...]
    absent: tuple[Student, ...] = ()
    unknown: tuple[Student, ...] = ()
    doubts: tuple[Doubt, ...] = ()


def attendance(hand_ins: Sequence[HandIn], roster: Sequence[Entry]) -> Attendance:
    """Compare the class with the list.

    A line and a student belong together if the line can mean this student alone, and the student this line alone.
    """
    students = Directory((hand_in.student, number) for number, hand_in in enumerate(hand_ins))
    lines = Directory((entry.student, number) for number, entry in enumerate(roster))
    found = [sorted(set(students.find(entry.student))) for entry in roster]
    meant = [sorted(set(lines.find(hand_in.student))) for hand_in in hand_ins]
    joined = {one[0]: line for line, one in enumerate(found) if len(one) == 1 and meant[one[0]] == [line]}
    doubts: dict[int, Doubt] = {}
    for line, entry in enumerate(roster):
        if line not in joined.values() and (doubt := _doubt(entry, found[line], students, hand_ins, joined)):
            doubts[line] = doubt
    absent = [_absent(roster[line]) for line in range(len(roster)) if line not in {*joined.values(), *doubts}]
    doubted = {student.key for doubt in doubts.values() for student in doubt.students}
    known = [
        replace(hand_in, student=_with(hand_in.student, roster[joined[number]])) if number in joined else hand_in
        for number, hand_in in enumerate(hand_ins)
    ]
    unknown = [
        one.student for number, one in enumerate(known) if number not in joined and one.student.key not in doubted
    ]
    everybody = sorted([*known, *absent], key=lambda one: one.student.key)
    return Attendance(
        _distinct(everybody), tuple(one.student for one in absent), tuple(unknown), tuple(doubts.values())
    )


def told(found: Attendance, *, anonymous: bool) -> Iterator[str]:
    """Yield the result of the comparison as lines for the terminal; with ``anonymous``, students are pseudonyms."""

    def called(student: Student) -> str:
        return pseudonym(student.key) if anonymous else f"{student.name} ({student.key})"

    yield f"Beside the list: {len(found.absent)} have not handed in, {len(found.unknown)} are not on it."
    yield from (f"Not handed in: {called(student)}" for student in found.absent)
    yield from (f"Not on the list: {called(student)}" for student in found.unknown)
    for doubt in found.doubts:
        yield f"In doubt: line {doubt.line}: {doubt.reason}: {', '.join(map(called, doubt.students))}"


def _doubt(
    entry: Entry, found: Sequence[int], students: Directory[int], hand_ins: Sequence[HandIn], joined: dict[int, int]
) -> Doubt | None:
    """Return the doubt about a line that fits no student; None if that person is simply absent."""
    others = found or [number for number in students.spoken_against(entry.student) if number not in joined]
    if not others:
        return None
    who = tuple(hand_ins[number].student for number in others)
    if not found:
        return Doubt(entry.line, "the name is the same, but an identifier or address is another one", who)
    if len(found) > 1:
        return Doubt(entry.line, f"{len(found)} students of the class may be meant", who)
    return Doubt(entry.line, "another line may mean the same student", who)


def _with(student: Student, entry: Entry) -> Student:
    """Return the student with what the list adds.

    The key stays. The name is taken from the list if this has a column for last names, or if the student's name is a
    single word.
    """
    listed = entry.student
    name = student.name if len(words_of(student.name)) > 1 and not listed.last_name else listed.name
    ids = {**listed.ids, **student.ids}
    email = student.email or listed.email
    return Student(student.key, name, email, ids, listed.section, listed.last_name)


def _absent(entry: Entry) -> HandIn:
    student = entry.student
    identity = student.email or next(iter(student.ids.values()), "") or student.name
    return HandIn(replace(student, key=key_of(identity, student.name)), None, problem=ABSENT)


def _distinct(hand_ins: Sequence[HandIn]) -> tuple[HandIn, ...]:
    """Return the hand-ins with a number added to keys that are there twice.

    Two lines of the list with the same name and no identifier get the same key at first.
    """
    seen: Counter[str] = Counter()
    made = []
    for one in hand_ins:
        seen[one.student.key] += 1
        again = f"-{seen[one.student.key]}" if seen[one.student.key] > 1 else ""
        made.append(replace(one, student=replace(one.student, key=one.student.key + again)))
    return tuple(made)
