"""Grades a whole class: intake, what is stored already, what is left to grade, and the files that come of it.

Interrupted at any point, a second run grades only what is missing: results are stored one by one, and all else is made
from them and from the export.
"""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from autograder import grading
from autograder.classroom import engine, exports, publish
from autograder.classroom.progress import Progress
from autograder.classroom.records import HandIn, Marked
from autograder.classroom.store import Store, grader_version, key_of
from autograder.classroom.unpacking import unpack
from autograder.records import Outcome, Report, Submission
from autograder.rubric import CHECKS
from autograder.submission import Refused, read_submission


class NotSeparated(RuntimeError):  # noqa: N818 - what the user must know, no fault of the program
    """Submissions could reach each other or the results here; the message says what is missing."""


@dataclass
class Summary:
    """What came of a run."""

    students: int = 0
    graded: int = 0
    stored: int = 0
    not_read: int = 0
    lost: list[engine.Lost] = field(default_factory=list)
    changed: list[tuple[str, int, int]] = field(default_factory=list)


@dataclass(frozen=True)
class Row:
    """A student's place in the class: what was handed in, and the key of its result, or why it could not be read."""

    hand_in: HandIn
    key: str = ""
    refused: str = ""


def grade_class(
    source: Path,
    out: Path,
    make_executor: engine.MakeExecutor,
    workers: int,
    progress: Progress,
    *,
    anonymous: bool = False,
) -> Summary:
    """Grade the class in ``source`` and write everything into ``out``.

    Raises ``unpacking.ExportError`` and ``FileNotFoundError`` for what is no class, ``NotSeparated`` where student code
    would not be kept from the other submissions.
    """
    store = Store(out / "results")
    rows = [_row(hand_in) for hand_in in _hand_ins(source, out / "unpacked")]
    missing = {row.key for row in rows if row.key and not store.has(row.key)}
    summary = Summary(len(rows), stored=len({row.key for row in rows if row.key} - missing))
    summary.not_read = sum(not row.key for row in rows)
    if missing:
        _require_separation(make_executor)
        with progress.of(len(missing)):
            for result in engine.grade_all(_jobs(rows, missing), make_executor, workers):
                _keep(result, store, summary)
                progress.step()

    def marked() -> Iterator[Marked]:
        versions = _by_answers(store)
        for row in rows:
            yield _marked(row, store, versions)

    summary.changed = [
        (row.hand_in.student.key, row.before, row.report["score"])
        for row in marked()
        if row.before is not None and row.before != row.report["score"]
    ]
    publish.publish(marked, out, anonymous=anonymous)
    return summary


def _hand_ins(source: Path, folder: Path) -> list[HandIn]:
    """The students of the export; a zip is unpacked into ``folder``, anew each time."""
    if source.is_dir():
        return exports.read_export(source)[1]
    if not source.exists():
        raise FileNotFoundError(source)
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    return exports.read_export(folder, unpack(source, folder))[1]


def _row(hand_in: HandIn) -> Row:
    if hand_in.file is None:
        return Row(hand_in, refused=hand_in.problem)
    try:
        return Row(hand_in, key_of(read_submission(hand_in.file)))
    except (Refused, OSError) as refusal:
        return Row(hand_in, refused=str(refusal))


def _require_separation(make_executor: engine.MakeExecutor) -> None:
    executor = make_executor()
    try:
        isolation = executor.submit(engine.isolation_here).result()
    finally:
        engine.end(executor)
    if not engine.is_enough(isolation):
        raise NotSeparated(
            f"submissions would not be kept apart here (missing: {', '.join(isolation.missing)}). Run as root, or on "
            "Linux 5.13 or newer with libseccomp, for example in a container"
        )


def _jobs(rows: list[Row], missing: set[str]) -> Iterator[tuple[str, Submission]]:
    """Each missing result once, read when it is its turn: the submissions of a class are never all in memory."""
    left = set(missing)
    for row in rows:
        if row.key in left and row.hand_in.file is not None:
            left.remove(row.key)
            yield row.key, read_submission(row.hand_in.file)


def _keep(result: tuple[str, engine.Result] | engine.Lost, store: Store, summary: Summary) -> None:
    """Store a result, unless the grader failed: then the next run tries again."""
    if isinstance(result, engine.Lost):
        summary.lost.append(result)
        return
    key, report = result
    faults = [check["id"] for check in report["checks"] if check["outcome"] == "grader_fault"]
    if faults:
        summary.lost.append(engine.Lost(key, f"the grader failed on {', '.join(faults)}"))
    else:
        store.write(key, report)
        summary.graded += 1


def _by_answers(store: Store) -> dict[str, list[str]]:
    """The keys of results of other versions of the grader, by the answers they are of."""
    found: dict[str, list[str]] = {}
    for key in store:
        answers, _, version = key.partition("-")
        if version != grader_version():
            found.setdefault(answers, []).append(key)
    return found


def _marked(row: Row, store: Store, versions: dict[str, list[str]]) -> Marked:
    hand_in = row.hand_in
    name = hand_in.file.name if hand_in.file else hand_in.student.key
    if not row.key or hand_in.file is None:
        return Marked(hand_in, grading.refuse(name, row.refused).to_json())
    submission = read_submission(hand_in.file)
    try:
        report = store.read(row.key)
    except KeyError:
        return Marked(hand_in, _lost(name), row.key, submission.cells, submission.explanations)
    others = versions.get(row.key.partition("-")[0], [])
    before = store.read(store.newest(others))["score"] if others else None
    report = {**report, "submission": name, "notes": [*submission.notes, *report["notes"]]}
    return Marked(hand_in, report, row.key, submission.cells, submission.explanations, before)


def _lost(name: str) -> dict[str, Any]:
    """The report of a submission that no worker survived: no mark, and certainly not a zero."""
    outcomes = tuple(Outcome(check, "grader_fault", grading.GRADER_FAULT) for check in CHECKS)
    return Report(name, outcomes, notes=(grading.GRADER_FAULT,)).to_json()
