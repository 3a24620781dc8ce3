"""Grades a whole class: intake, what is stored already, what is left to grade, and the files that come of it.

Interrupted at any point, a second run grades only what is missing: results are stored one by one, and all else is made
from them and from the export.
"""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from autograder.assignment import ASSIGNMENT
from autograder.classroom import dispatch, exports, publish
from autograder.classroom.grading_job import Job, Result
from autograder.classroom.hand_ins import HandIn, Marked
from autograder.classroom.intake import Intake, Row
from autograder.classroom.naming import pseudonym
from autograder.classroom.progress import Progress
from autograder.classroom.readers import Readers
from autograder.classroom.result_store import Store, grader_version, make_private, only_one
from autograder.classroom.summary import Summary
from autograder.classroom.unpacking import ExportError, unpack
from autograder.grading import pipeline
from autograder.vocabulary import Note, Outcome, Report, Sign

WORK = ".autograder"
"""The folder within OUT that a run works in: what it unpacked, until its end, and what intake made of it."""


def grade_class(
    source: Path, out: Path, pool: dispatch.Pool, progress: Progress, *, jobs: int, anonymous: bool = False
) -> Summary:
    """Grade the class in ``source`` and write everything into ``out``; ``jobs`` processes read it.

    Raises ``unpacking.ExportError`` and ``FileNotFoundError`` for what is no class, ``result_store.BusyError`` while
    another run works in ``out``, and ``grading_job.ClassError`` where grading cannot go on; what is graded is kept.
    """
    if not source.exists():
        raise FileNotFoundError(source)
    work = _work_folder(source, out)
    with only_one(work):
        _empty(work)
        try:
            with Readers(jobs) as readers:
                platform, hand_ins = _hand_ins(source, work / "unpacked", readers)
                intake = Intake(hand_ins, work)
                summary = Summary(platform, len(intake))
                keys = _read(intake, readers, progress, summary)
            return _grade(intake, keys, Store(out / "results"), pool, progress, _Ending(summary, out, anonymous))
        finally:
            _empty(work)


@dataclass(frozen=True)
class _Ending:
    """What is needed to tell what came of it."""

    summary: Summary
    out: Path
    anonymous: bool


def _work_folder(source: Path, out: Path) -> Path:
    """The private folder to work in, made; raises ExportError where ``out`` would become a part of the class."""
    here, there = source.resolve(), out.resolve()
    if here.is_dir() and (there == here or here in there.parents):
        raise ExportError(
            f"{out} lies within {source}, where it would be taken for a submission; choose another folder"
        )
    if out.exists() and not out.is_dir():
        raise ExportError(f"{out} is no folder")
    make_private(out / WORK)
    return out / WORK


def _empty(work: Path) -> None:
    """Remove what this run, or one that was killed, unpacked."""
    shutil.rmtree(work / "unpacked", ignore_errors=True)


def _hand_ins(source: Path, folder: Path, readers: Readers) -> tuple[str, list[HandIn]]:
    """The platform and the students of the export; a zip is unpacked into ``folder``."""
    if source.is_dir():
        return exports.read_export(source, readers)
    make_private(folder)
    return exports.read_export(folder, readers, unpack(source, folder))


def _read(intake: Intake, readers: Readers, progress: Progress, summary: Summary) -> set[str]:
    """Read the class; the keys of the results that it needs."""
    keys: set[str] = set()
    with progress.of(len(intake), "read"):
        for row in intake.read(readers):
            summary.not_read += not row.key
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
            yield _marked(row, store, versions)

    for one in marked():
        _count(one, reasons, summary, ending.anonymous)
    make_private(ending.out / "reports")
    publish.publish(marked, ending.out, anonymous=ending.anonymous)
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
    key = row.hand_in.student.key
    student = pseudonym(key) if anonymous else key
    if any(check["outcome"] == "grader_fault" for check in row.report["checks"]):
        summary.lost.append((student, reasons.get(row.result, row.report["notes"][0])))
    elif row.before is not None and row.before != row.report["score"]:
        summary.changed.append((student, row.before, row.report["score"]))


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
    return Marked(row.hand_in, report, row.key, submission.cells, submission.explanations, score)


def _lost(name: str) -> dict[str, Any]:
    """The report of a submission that the grader failed on: no mark, and certainly not a zero."""
    said = Note(pipeline.GRADER_FAULT, sign=Sign.GRADER_FAULT)
    outcomes = tuple(Outcome(check, "grader_fault", said.text) for check in ASSIGNMENT.checks)
    return Report(name, outcomes, notes=(said,)).to_json()
