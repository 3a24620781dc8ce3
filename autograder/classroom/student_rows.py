"""The list of all students on the staff's page: points of each question, signs of all checks, flags and links."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import asdict, dataclass
from itertools import groupby
from typing import Any

from autograder.classroom import pages
from autograder.classroom.attendance import Attendance
from autograder.classroom.changes import judged_otherwise
from autograder.classroom.hand_ins import Marked
from autograder.classroom.marks import Mark, mark_of
from autograder.classroom.naming import Names
from autograder.classroom.review_reasons import has_fault, reasons_to_look
from autograder.classroom.spool import Spool
from autograder.vocabulary import BOTH

STAFF = "staff"
"""Name of the folder with a page for the staff about each student."""


@dataclass(frozen=True)
class Cell:
    """A question of a student: the points, a sign for each check, and in words the checks that did not pass."""

    points: float | None
    marks: str
    words: str


@dataclass(frozen=True)
class StudentRow:
    """A student in the list; ``file`` is the name of the student's pages, without suffix."""

    called: str
    file: str
    total: float | None
    cells: tuple[Cell, ...]
    flags: tuple[str, ...]


class StudentRows:
    """The list of students, to which rows are added in any order; it is read in the order of names or pseudonyms."""

    def __init__(self, names: Names) -> None:
        self._names, self._spool = names, Spool()
        self._files: dict[str, str] = {}

    def close(self) -> None:
        """Close the file that holds the rows."""
        self._spool.close()

    def add(self, row: Marked) -> None:
        """Add a student to the list."""
        student, mark = row.hand_in.student, mark_of(row)
        called, file = self._names.called(student), self._names.file_name(student)
        self._files[called] = file
        made = StudentRow(called, file, mark.total, tuple(_cells(row, mark)), tuple(flags(row, mark)))
        self._spool.add(called, asdict(made))

    @property
    def files(self) -> Mapping[str, str]:
        """Name of each student's pages, by the student's name or pseudonym."""
        return self._files

    def attendance(self, found: Attendance) -> dict[str, list[Any]]:
        """Return the comparison with the course's list, with the names or pseudonyms of students."""
        called = self._names.called
        return {
            "absent": sorted(map(called, found.absent)),
            "unknown": sorted(map(called, found.unknown)),
            "doubts": [(one.line, one.reason, sorted(map(called, one.students))) for one in found.doubts],
        }

    def listed(self, more: Mapping[str, Iterable[str]]) -> Iterator[StudentRow]:
        """Yield all rows; ``more`` has flags, by name or pseudonym, that are known only after the whole class."""
        for called, kept in self._spool:
            cells = tuple(Cell(**cell) for cell in kept["cells"])
            yield StudentRow(**{**kept, "cells": cells, "flags": (*kept["flags"], *more.get(called, ()))})


def flags(row: Marked, mark: Mark) -> Iterator[str]:
    """Yield flags that tell in a word or two if something is special; details are on the page about the student."""
    hand_in, report = row.hand_in, row.report
    if hand_in.file is None:
        yield "nothing handed in"
    elif not row.result:
        yield "not read"
    if has_fault(report):
        yield "the grader failed"
    if mark.changes:
        yield "changed by hand or lateness"
    if hand_in.late:
        yield "late"
    if hand_in.notes:
        yield "see notes"
    if judged_otherwise(row):
        yield "judged otherwise"
    if row.result and reasons_to_look(row):
        yield "look"
    named = {name for check in report["checks"] for name in check["misconception"].split(BOTH)} - {""}
    yield from sorted(named)


def _cells(row: Marked, mark: Mark) -> Iterator[Cell]:
    """Yield a cell for each question; it has no checks if the submission was not read."""
    for question, points in mark.questions.items():
        checks = [check for check in mark.checks if row.result and check["question"] == question]
        marks = "".join(pages.OUTCOMES[check["outcome"]][0] for check in checks)
        yield Cell(points, marks, _words(checks))


def _words(checks: Iterable[Mapping[str, Any]]) -> str:
    """List the checks that did not pass, by outcome; the text is "all passed" if there are none."""
    listed = list(checks)
    others = sorted((pages.OUTCOMES[check["outcome"]][1], check["id"]) for check in listed if not _passed(check))
    told = [f"{words}: {', '.join(id for _, id in group)}" for words, group in groupby(others, lambda one: one[0])]
    return "; ".join(told) if told or not listed else "all passed"


def _passed(check: Mapping[str, Any]) -> bool:
    return bool(check["outcome"] == "passed")
