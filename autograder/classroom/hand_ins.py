"""The data types of class mode: students, their hand-ins, people's decisions, and reports."""

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

    ``ids`` has the platform's own identifiers by column name (``"SIS User ID"``, ``"ID"``, ...); its gradebook import
    needs them.
    """

    key: str
    name: str
    email: str = ""
    ids: Mapping[str, str] = field(default_factory=dict)
    section: str = ""
    last_name: str = ""


@dataclass(frozen=True)
class HandIn:
    """The newest of a student's submissions, which is the one that counts.

    If there is nothing to read, ``file`` is None and ``problem`` says why. ``submitted`` is an ISO 8601 time, or empty
    if the export has none. ``notes`` tell of other versions and the like. ``files`` are the names of all the student's
    files and folders in the export; such a name may contain the student's own. ``earlier`` has a line for each earlier
    submission that the export mentions. ``fault`` is true if the grader failed while it looked for a submission in the
    folder ``file``.
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
    """Points that a person gave; ``place`` is where this is written, such as ``overrides.csv, line 4``."""

    points: float
    comment: str = ""
    place: str = ""


@dataclass(frozen=True)
class Lateness:
    """The lateness of a submission: ``by`` how long, the policy that applies, and ``note``, the policy in words."""

    by: timedelta = timedelta(0)
    policy: Policy | None = None
    note: str = ""


@dataclass(frozen=True)
class ByHand:
    """People's decisions about one student's mark, and the student's lateness.

    ``overrides`` are decisions by what they are about: the id of a check, the name of a question or of an explanation,
    or ``"total"``. ``written`` are the marks of explanations.
    """

    overrides: Mapping[str, Decision] = field(default_factory=dict)
    written: Mapping[str, Decision] = field(default_factory=dict)
    lateness: Lateness = Lateness()


@dataclass(frozen=True, eq=False)
class Marked:
    """A student's row: the hand-in, and its report as ``Report.to_json`` gives it (a refusal is a report too).

    ``result`` is the key under which the report is stored, empty for a submission that was not read; equal keys mean
    equal answers. ``cells`` are the student's code cells after intake, ``explanations`` the written answers, ``typed``
    the numbers and letters. ``judged_before`` is the report of an earlier version of the grader on the same answers and
    ``before`` its score; both are None if there is none. ``by_hand`` holds people's decisions, which ``marks.mark_of``
    applies. A row is equal to itself only, so that what is computed of it can be kept.
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
"""Function that yields the rows of a class in the order of the students' keys.

Each call reads them from disk again, so that they are never all in memory.
"""
