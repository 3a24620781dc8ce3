"""Grading of one student of a class anew, with an account of all that was run, to answer a complaint."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from autograder.assignment import ASSIGNMENT
from autograder.classroom.grading_job import Graded, grade_here
from autograder.classroom.hand_ins import HandIn, Student
from autograder.classroom.intake import Intake
from autograder.classroom.matching import Directory
from autograder.classroom.opening import WORK, hand_ins_of, opened
from autograder.classroom.readers import Readers
from autograder.classroom.result_store import Store, grader_version, make_private
from autograder.grading import pipeline
from autograder.grading.account import Account
from autograder.vocabulary import Note, Report, Sign

UNREAD = "It could not be read, so there is no result."
FAILED = "The grader failed, so nothing was stored."
NEW = "There was no result of this version of the grader yet; this one is stored now."
SAME = "The result that was stored is the same: {} points."
OTHER = (
    "The result that was stored had {} points, or others in some check. This one has taken its place: grade the class "
    "again to renew gradebooks and pages."
)
MOST_NAMED = 10
"""Maximum number of students that are listed if several may be meant."""


class StudentError(ValueError):
    """Exception for a name that means nobody in the class, or several students."""


@dataclass(frozen=True)
class Regraded:
    """The outcome of grading a student anew.

    ``report`` and ``account`` are the same as if the file were graded by itself. ``said`` tells how the result compares
    with the stored one.
    """

    student: Student
    file: Path
    report: Report
    account: Account
    said: str


def regrade(source: Path, out: Path, wanted: str) -> Regraded:
    """Grade the student that ``wanted`` means: a name, an identifier, an address or a key.

    The result is stored unless the grader failed or the same is stored already; nothing else in ``out`` changes.

    Raises ``StudentError`` if it means nobody or several students, ``grading_job.ClassError`` where grading is not
    possible, and the exceptions of ``opening.opened`` and ``opening.hand_ins_of``.
    """
    with opened(source, out) as work:
        with Readers(1) as readers:
            _, hand_ins = hand_ins_of(source, work, readers)
            hand_in = _the_one(hand_ins, wanted)
            folder = work / "unpacked" / WORK  # removed at the end of the run
            make_private(folder)
            [row] = Intake([hand_in], folder).read(readers)
        if row.submission is None or hand_in.file is None:
            report = pipeline.refuse(row.name, row.refused or hand_in.problem, ASSIGNMENT)
            return Regraded(hand_in.student, hand_in.file or source, report, {}, UNREAD)
        graded = grade_here(row.submission, grader_version())
        said = _store(Store(out / "results"), row.key, graded)
        told = (*map(Note, row.submission.notes), *pipeline.explanations(row.submission), *graded.report.notes)
        report = replace(graded.report, submission=row.name, notes=told)
        return Regraded(hand_in.student, hand_in.file, report, graded.account, said)


def _the_one(hand_ins: Sequence[HandIn], wanted: str) -> HandIn:
    found = Directory((hand_in.student, hand_in) for hand_in in hand_ins).find(Student(wanted, wanted))
    if len(found) == 1:
        return found[0]
    if not found:
        raise StudentError(f"nobody in the class is called {wanted}; a name, an identifier or an address is needed")
    listed = ", ".join(one.student.key for one in found[:MOST_NAMED])
    raise StudentError(f"{len(found)} students may be meant by {wanted}: name one of {listed}")


def _store(store: Store, key: str, graded: Graded) -> str:
    """Store the result unless the grader failed or one with the same points is stored; return a sentence about it."""
    result = graded.result
    if Sign.GRADER_FAULT in graded.report.signs:
        return FAILED
    try:
        before = store.read(key)
    except KeyError:
        store.write(key, result)
        return NEW
    if _points(before["checks"]) == _points(result["checks"]):
        return SAME.format(before["score"])
    store.write(key, result)
    return OTHER.format(before["score"])


def _points(checks: Sequence[dict[str, object]]) -> list[object]:
    return [(check["id"], check["score"], check["outcome"]) for check in checks]
