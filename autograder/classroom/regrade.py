"""Grades one student of a class anew, with all that was run: what a complaint needs to be answered."""

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

MOST_NAMED = 10
"""Students that are named where several may be meant."""


class StudentError(ValueError):
    """Nobody in the class, or not one student alone, is meant."""


@dataclass(frozen=True)
class Regraded:
    """What came of it: the same report and account as of the file by itself, and what was ``stored`` before.

    ``stored`` is the score under the same version of the grader, None if there was none; ``differs`` tells if the
    new result had other points, and so took its place.
    """

    student: Student
    file: Path
    report: Report
    account: Account
    stored: int | None
    differs: bool

    @property
    def said(self) -> str:
        """How it compares with what was stored, in a sentence or two."""
        if self.stored is None:
            return "There was no result of this version of the grader yet; this one is stored now."
        if not self.differs:
            return f"The result that was stored is the same: {self.stored} points."
        return (
            f"The result that was stored had {self.stored} points, or others in some check. This one has taken its "
            "place: grade the class again to renew gradebooks and pages."
        )


def regrade(source: Path, out: Path, wanted: str) -> Regraded:
    """Grade the one student that ``wanted`` names: by name, identifier, address or key.

    Raises ``StudentError``, what ``opening.opened`` raises, and ``grading_job.ClassError``. The result is stored,
    unless the grader failed; nothing else is written.
    """
    with opened(source, out) as work:
        with Readers(1) as readers:
            _, hand_ins = hand_ins_of(source, work, readers)
            hand_in = _the_one(hand_ins, wanted)
            folder = work / "unpacked" / WORK  # which goes at the end
            make_private(folder)
            [row] = Intake([hand_in], folder).read(readers)
        if row.submission is None or hand_in.file is None:
            report = pipeline.refuse(row.name, row.refused or hand_in.problem, ASSIGNMENT)
            return Regraded(hand_in.student, hand_in.file or source, report, {}, None, False)
        graded = grade_here(row.submission, grader_version())
        stored, differs = _store(Store(out / "results"), row.key, graded)
        told = (*map(Note, row.submission.notes), *pipeline.explanations(row.submission), *graded.report.notes)
        report = replace(graded.report, submission=row.name, notes=told)
        return Regraded(hand_in.student, hand_in.file, report, graded.account, stored, differs)


def _the_one(hand_ins: Sequence[HandIn], wanted: str) -> HandIn:
    found = Directory((hand_in.student, hand_in) for hand_in in hand_ins).find(Student(wanted, wanted))
    if len(found) == 1:
        return found[0]
    if not found:
        raise StudentError(f"nobody in the class is called {wanted}; a name, an identifier or an address is needed")
    listed = ", ".join(one.student.key for one in found[:MOST_NAMED])
    raise StudentError(f"{len(found)} students may be meant by {wanted}: name one of {listed}")


def _store(store: Store, key: str, graded: Graded) -> tuple[int | None, bool]:
    """Store the result if it has other points than the one that is there, if any; the old score, and if it differs."""
    result = graded.result
    try:
        before = store.read(key)
    except KeyError:
        before = None
    differs = before is not None and _points(before["checks"]) != _points(result["checks"])
    if Sign.GRADER_FAULT not in graded.report.signs and (before is None or differs):
        store.write(key, result)
    return None if before is None else before["score"], differs


def _points(checks: Sequence[dict[str, object]]) -> list[object]:
    return [(check["id"], check["score"], check["outcome"]) for check in checks]
