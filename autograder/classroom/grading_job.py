"""Grading of one submission in some process: the conditions that the process must meet, and the result to store."""

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
"""Key of a stored result under which the runs of hidden checks stand; only the staff may see them."""

Result: TypeAlias = dict[str, Any]
Job: TypeAlias = tuple[str, Submission]
"""Key of a result, and the submission to grade for it."""

_slots: SimpleQueue[int] = SimpleQueue()
for _slot in range(SLOTS):
    _slots.put(_slot)


class ClassError(RuntimeError):
    """Exception that ends the grading of a class; the message says why. Results that are stored already are kept."""


class SeparationError(ClassError):
    """Exception for a machine on which submissions could reach each other or the results."""


class VersionError(ClassError):
    """Exception for a machine that has another version of the grader, other settings or another salt."""


@dataclass(frozen=True)
class Graded:
    """The outcome of grading: the ``report``, and the ``account`` of all that was run."""

    report: Report
    account: Account

    @property
    def result(self) -> Result:
        """The result to store: the report, and the account of the hidden checks.

        Public checks run on the same inputs for everybody, so their account is left out.
        """
        hidden = {check.id for check in ASSIGNMENT.checks if check.visibility == "hidden"}
        return {**self.report.to_json(), ACCOUNT: {id: runs for id, runs in self.account.items() if id in hidden}}


def grade_job(submission: Submission, version: str) -> Result:
    """Grade a submission in this process and return the result, which is the same for students with equal answers.

    Raises ``SeparationError`` or ``VersionError`` if this process must not grade.
    """
    return grade_here(submission, version).result


def grade_here(submission: Submission, version: str) -> Graded:
    """Grade as ``grade_job`` does, but return the account of all checks too.

    Raises the same exceptions.
    """
    _require(version)
    seen: list[Seen] = []
    with _a_slot() as slot:
        anonymous = replace(submission, name="", explanations={}, notes=())
        report = pipeline.grade_submission(anonymous, ASSIGNMENT, slot=slot, witness=seen.extend)
    return Graded(report, account(seen, ASSIGNMENT))


@lru_cache(maxsize=1)
def _require(version: str) -> None:
    """Check that this process has the given version of the grader, and keeps submissions apart.

    Raises ``VersionError`` or ``SeparationError`` if not.
    """
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
    """Return the confinement that a submission gets in this process."""
    with _a_slot() as slot, Sandbox(ASSIGNMENT.manifest, given.definitions(ASSIGNMENT), (), slot=slot) as box:
        return box.isolation


@contextmanager
def _a_slot() -> Iterator[int]:
    """Yield a number that no other thread of this process uses meanwhile; a Dask worker may have several threads."""
    slot = _slots.get()
    try:
        yield slot
    finally:
        _slots.put(slot)
