"""This assignment, and the machinery with this assignment in its hands: what most tests call."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from typing import Any

from autograder.assignment import ASSIGNMENT
from autograder.autodiff.assignment import FAULTS, observed_on_reference
from autograder.grading import given, pipeline
from autograder.intake import reader_process, submission
from autograder.sandbox.sandbox import Sandbox
from autograder.vocabulary import BOTH, Check, Expected, Inputs

__all__ = ["ASSIGNMENT", "FAULTS", "observed_on_reference"]

MANIFEST = ASSIGNMENT.manifest
CHECKS, QUESTIONS, OPERATORS = ASSIGNMENT.checks, MANIFEST.questions, MANIFEST.methods
BY_ID = {check.id: check for check in CHECKS}
HINTS = {one.name: one.hint for one in ASSIGNMENT.misconceptions}


def hint_of(name: str) -> str:
    """The hint for a misconception, or for a pair of them, that is called so."""
    return " ".join(HINTS[one] for one in name.split(BOTH))


CHOICES = {name: answer for name, answer in ASSIGNMENT.key.items() if isinstance(answer, str)}
EVIDENCE = {name: answer for name, answer in ASSIGNMENT.key.items() if not isinstance(answer, str)}

read_submission = partial(submission.read_submission, manifest=MANIFEST)
parse_submission = partial(submission.parse_submission, manifest=MANIFEST)
find_submission = partial(submission.find_submission, manifest=MANIFEST)
grade = partial(pipeline.grade, assignment=ASSIGNMENT)
grade_submission = partial(pipeline.grade_submission, assignment=ASSIGNMENT)
refuse = partial(pipeline.refuse, assignment=ASSIGNMENT)
Reader = partial(reader_process.Reader, MANIFEST)


def definitions() -> str:
    """What the notebook's own cells define, as one module."""
    return given.definitions(ASSIGNMENT)


def sandbox(cells: Sequence[str], **named: Any) -> Sandbox:
    """A sandbox with these cells of a student's."""
    return Sandbox(MANIFEST, definitions(), cells, **named)


def expected(check: Check, inputs: Inputs | None = None) -> Expected:
    """What a check expects on ``inputs``, if it has any."""
    return check.expected(inputs or {})
