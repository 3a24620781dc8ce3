"""The vocabulary of class mode: who handed in what, and what came of it."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path
from typing import Any, TypeAlias

from autograder.plain_words import Policy
from autograder.vocabulary import Scalar


@dataclass(frozen=True)
class Student:
    """One student of the export; ``key`` is unique in the class and safe as a file name.

    ``ids`` are the platform's own columns, which its gradebook import wants back (``"SIS User ID"``, ``"ID"``, ...).
    """

    key: str
    name: str
    email: str = ""
    ids: Mapping[str, str] = field(default_factory=dict)
    section: str = ""
    last_name: str = ""


@dataclass(frozen=True)
class HandIn:
    """What counts of a student's submissions: the newest.

    ``file`` is None, and ``problem`` says why, where there is nothing to read. ``submitted`` is an ISO 8601 time, or
    empty where the export has none. ``notes`` tell about other versions and the like; ``files`` are the names of all
    the student's files and folders in the export, which may hold the student's own name; ``earlier`` has a line for
    each earlier submission that the export tells of. ``fault`` says that the grader
    failed to find what to read in the folder ``file``.
    """

    student: Student
    file: Path | None
    submitted: str = ""
    late: bool = False
    notes: tuple[str, ...] = ()
    problem: str = ""
    files: tuple[str, ...] = ()
    fault: bool = False
    earlier: tuple[str, ...] = ()


@dataclass(frozen=True)
class Decision:
    """The points that a person gave; ``place`` tells where that is written, such as ``overrides.csv, line 4``."""

    points: float
    comment: str = ""
    place: str = ""


@dataclass(frozen=True)
class Lateness:
    """How long after the end of the time a submission came, and the policy for it; ``note`` says so in words."""

    by: timedelta = timedelta(0)
    policy: Policy | None = None
    note: str = ""


@dataclass(frozen=True)
class ByHand:
    """What people decided about one student's mark, and what lateness takes.

    ``overrides`` are decisions about a check (by its id), a question, an explanation (by their names) or the
    ``"total"``; ``written`` are the marks of explanations.
    """

    overrides: Mapping[str, Decision] = field(default_factory=dict)
    written: Mapping[str, Decision] = field(default_factory=dict)
    lateness: Lateness = Lateness()


@dataclass(frozen=True)
class Marked:
    """A student's row: what was handed in, and its report as ``Report.to_json`` gives it (a refusal is a report too).

    ``result`` is the key under which the report is stored; equal keys mean equal answers. ``cells`` are the student's
    code cells after intake, ``explanations`` the written answers. ``before`` is the score that an earlier version of
    the grader gave, None where there is none. ``by_hand`` is what people decided; ``marks.mark_of`` applies it.
    ``judged_before`` is the earlier version's whole report; ``typed`` are the numbers and letters that intake read.
    """

    hand_in: HandIn
    report: Mapping[str, Any]
    result: str = ""
    cells: tuple[str, ...] = ()
    explanations: Mapping[str, str] = field(default_factory=dict)
    before: int | None = None
    by_hand: ByHand = ByHand()
    judged_before: Mapping[str, Any] | None = None
    typed: Mapping[str, Scalar] = field(default_factory=dict)


Rows: TypeAlias = Callable[[], Iterator[Marked]]
"""The rows of a class in the order of the students' keys, read anew from disk at each call: never all in memory."""
