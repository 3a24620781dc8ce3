"""Grades a whole class: intake, what is stored already, what is left to grade, and the files that come of it.

Interrupted at any point, a second run grades only what is missing: results are stored one by one, and all else is made
from them and from the export.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from autograder.assignment import ASSIGNMENT
from autograder.classroom import dispatch, publish
from autograder.classroom.attendance import ABSENT, Attendance, attendance, told
from autograder.classroom.changes import judged_otherwise
from autograder.classroom.desk import Desk, open_desk
from autograder.classroom.gradebook_imports import CANVAS, COURSE
from autograder.classroom.grading_job import Job, Result
from autograder.classroom.hand_ins import Marked
from autograder.classroom.intake import Intake, Row
from autograder.classroom.marks import LATE, mark_of
from autograder.classroom.naming import pseudonym
from autograder.classroom.opening import hand_ins_of, opened
from autograder.classroom.progress import Progress
from autograder.classroom.readers import Readers
from autograder.classroom.result_store import Store, grader_version, make_private
from autograder.classroom.student_rows import STAFF
from autograder.classroom.summary import Summary
from autograder.classroom.wishes import NO_WISHES, Wishes
from autograder.grading import pipeline
from autograder.vocabulary import Note, Outcome, Report, Sign


def grade_class(
    source: Path, out: Path, pool: dispatch.Pool, progress: Progress, *, jobs: int, wishes: Wishes = NO_WISHES
) -> Summary:
    """Grade the class in ``source`` and write everything into ``out``; ``jobs`` processes read it.

    Raises ``unpacking.ExportError`` and ``FileNotFoundError`` for what is no class, ``result_store.BusyError`` while
    another run works in ``out``, and ``grading_job.ClassError`` where grading cannot go on; what is graded is kept.
    Raises ``desk.DeskError`` for what people wrote and must mend, before anything is graded.
    """
    with opened(source, out) as work:
        with Readers(jobs) as readers:
            platform, hand_ins = hand_ins_of(source, work, readers)
            listed = attendance(hand_ins, wishes.roster)
            intake = Intake(listed.hand_ins, work)
            desk = open_desk(out, [hand_in.student for hand_in in listed.hand_ins], wishes.terms)
            summary = Summary(platform, len(intake), said=[*desk.said])
            keys = _read(intake, readers, progress, summary)
        if wishes.roster:
            summary.roster = list(told(listed, anonymous=wishes.anonymous))
        ending = _Ending(summary, out, wishes, listed if wishes.roster else None, desk)
        return _grade(intake, keys, Store(out / "results"), pool, progress, ending)


@dataclass(frozen=True)
class _Ending:
    """What is needed to tell what came of it."""

    summary: Summary
    out: Path
    wishes: Wishes
    listed: Attendance | None
    desk: Desk


def _read(intake: Intake, readers: Readers, progress: Progress, summary: Summary) -> set[str]:
    """Read the class; the keys of the results that it needs."""
    keys: set[str] = set()
    with progress.of(len(intake), "read"):
        for row in intake.read(readers):
            summary.not_read += not row.key and row.hand_in.problem != ABSENT
            keys |= {row.key} - {""}
            progress.step()
    return keys


def _grade(
    intake: Intake, keys: set[str], store: Store, pool: dispatch.Pool, progress: Progress, ending: _Ending
) -> Summary:
    summary = ending.summary
    missing = {key for key in keys if not store.has(key)}
    summary.stored = len(keys) - len(missing)
    reasons: dict[str, str] = {}
    if missing:
        with progress.of(len(missing), "graded"):
            for result in dispatch.grade_all(_jobs(intake, missing), pool):
                summary.graded += _keep(result, store, reasons)
                progress.step()

    def marked() -> Iterator[Marked]:
        versions = _by_answers(store)
        for row in intake:
            yield ending.desk.decided(_marked(row, store, versions))

    for one in marked():
        _count(one, reasons, summary, ending.wishes.anonymous)
    make_private(ending.out / "reports")
    make_private(ending.out / STAFF)
    publish.publish(
        marked, ending.out, anonymous=ending.wishes.anonymous, column=ending.wishes.column, listed=ending.listed
    )
    if ending.wishes.column != COURSE and not (ending.out / CANVAS).exists():
        summary.said.append(f"There is no {CANVAS}: nobody has an identifier of Canvas', or a mark.")
    return summary


def _jobs(intake: Intake, missing: set[str]) -> Iterator[Job]:
    """Each missing result once, read when it is its turn."""
    left = set(missing)
    for row in intake:
        if row.key in left and row.submission is not None:
            left.remove(row.key)
            yield row.key, row.submission


def _keep(result: tuple[str, Result] | dispatch.Lost, store: Store, reasons: dict[str, str]) -> bool:
    """Store a result, unless the grader failed: then the next run tries again. Whether it was stored."""
    if isinstance(result, dispatch.Lost):
        reasons[result.key] = result.reason
        return False
    key, report = result
    faults = [check["id"] for check in report["checks"] if check["outcome"] == "grader_fault"]
    if faults:
        reasons[key] = f"the grader failed on {', '.join(faults)}"
        return False
    store.write(key, report)
    return True


def _count(row: Marked, reasons: dict[str, str], summary: Summary, anonymous: bool) -> None:
    key, mark = row.hand_in.student.key, mark_of(row)
    student = pseudonym(key) if anonymous else key
    if mark.total is None and any(check["outcome"] == "grader_fault" for check in row.report["checks"]):
        summary.lost.append((student, reasons.get(row.result, row.report["notes"][0])))
    elif row.before is not None and (why := judged_otherwise(row)):
        summary.changed.append((student, row.before, row.report["score"], why))
    summary.by_hand += [f"{student}: {change}" for change in mark.changes if change.what != LATE]
    summary.late += mark.deduction > 0
    summary.unmarked += len(mark.unmarked)


def _by_answers(store: Store) -> dict[str, list[str]]:
    """The keys of results of other versions of the grader, by the answers they are of."""
    found: dict[str, list[str]] = {}
    for key in store:
        answers, _, version = key.partition("-")
        if version != grader_version():
            found.setdefault(answers, []).append(key)
    return found


def _marked(row: Row, store: Store, versions: dict[str, list[str]]) -> Marked:
    submission = row.submission
    if submission is None:
        report = _lost(row.name) if row.fault else pipeline.refuse(row.name, row.refused, ASSIGNMENT).to_json()
        return Marked(row.hand_in, report)
    before = store.newest(versions.get(row.key.partition("-")[0], []))
    try:
        report = store.read(row.key)
        report = {**report, "submission": row.name, "notes": [*submission.notes, *report["notes"]]}
    except KeyError:
        report = _lost(row.name)
    score = None if before is None else before["score"]
    typed = {**submission.evidence, **submission.choices}
    return Marked(
        row.hand_in,
        report,
        row.key,
        submission.cells,
        submission.explanations,
        score,
        judged_before=before,
        typed=typed,
    )


def _lost(name: str) -> dict[str, Any]:
    """The report of a submission that the grader failed on: no mark, and certainly not a zero."""
    said = Note(pipeline.GRADER_FAULT, sign=Sign.GRADER_FAULT)
    outcomes = tuple(Outcome(check, "grader_fault", said.text) for check in ASSIGNMENT.checks)
    return Report(name, outcomes, notes=(said,)).to_json()
