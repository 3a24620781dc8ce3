"""One grading, in whatever process it runs: the walls and the version that it needs, and what is stored of it."""

from __future__ import annotations

import platform
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from functools import lru_cache
from queue import SimpleQueue
from typing import Any, TypeAlias

from autograder.assignment import ASSIGNMENT
from autograder.classroom.result_store import grader_version
from autograder.grading import given, pipeline
from autograder.grading.account import Account, account
from autograder.grading.diagnosis import Seen
from autograder.sandbox.sandbox import Sandbox
from autograder.vocabulary import Isolation, Report, Submission
from autograder.wire.confinement import SLOTS, separates

ACCOUNT = "account"
"""Where a stored result has what hidden checks were run on; it goes to nobody but the staff."""

Result: TypeAlias = dict[str, Any]
Job: TypeAlias = tuple[str, Submission]
"""The key of a result, and the answers to grade for it."""

_slots: SimpleQueue[int] = SimpleQueue()
for _slot in range(SLOTS):
    _slots.put(_slot)


class ClassError(RuntimeError):
    """Grading cannot go on here; the text says why, and what is graded is kept."""


class SeparationError(ClassError):
    """Submissions could reach each other or the results on a machine that was to grade them."""


class VersionError(ClassError):
    """A machine that was to grade has another version of the grader, or another salt."""


@dataclass(frozen=True)
class Graded:
    """A submission that was graded in this process: its ``report``, and the account of all that was run."""

    report: Report
    account: Account

    @property
    def result(self) -> Result:
        """What is stored: of the account the hidden checks, for public ones are always run on the same."""
        hidden = {check.id for check in ASSIGNMENT.checks if check.visibility == "hidden"}
        return {**self.report.to_json(), ACCOUNT: {id: runs for id, runs in self.account.items() if id in hidden}}


def grade_job(submission: Submission, version: str) -> Result:
    """Grade in this process; the result holds nothing that tells one student from another with the same answers.

    Raises ``SeparationError`` and ``VersionError`` where this process must not grade.
    """
    return grade_here(submission, version).result


def grade_here(submission: Submission, version: str) -> Graded:
    """Grade as ``grade_job`` does, and keep the account of all checks; raises the same."""
    _require(version)
    seen: list[Seen] = []
    with _a_slot() as slot:
        anonymous = replace(submission, name="", explanations={}, notes=())
        report = pipeline.grade_submission(anonymous, ASSIGNMENT, slot=slot, witness=seen.extend)
    return Graded(report, account(seen, ASSIGNMENT))


@lru_cache(maxsize=1)
def _require(version: str) -> None:
    """Raise unless this process has the driver's version of the grader, and keeps submissions apart."""
    if version != grader_version():
        raise VersionError(
            f"{platform.node()} has another version of the grader, or another salt. Install the same one there"
        )
    isolation = isolation_here()
    if not separates(isolation):
        missing = ", ".join(step.value for step in isolation.missing)
        raise SeparationError(
            f"submissions would not be kept apart on {platform.node()} (missing: {missing}). "
            "Grade as root, or on Linux 5.13 or newer with libseccomp, for example in a container"
        )


def isolation_here() -> Isolation:
    """The confinement that a submission gets in this process."""
    with _a_slot() as slot, Sandbox(ASSIGNMENT.manifest, given.definitions(ASSIGNMENT), (), slot=slot) as box:
        return box.isolation


@contextmanager
def _a_slot() -> Iterator[int]:
    """A number that no other grading in this process has meanwhile: a Dask worker may have several threads."""
    slot = _slots.get()
    try:
        yield slot
    finally:
        _slots.put(slot)
