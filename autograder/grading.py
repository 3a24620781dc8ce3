"""The way through: submission -> sandbox -> rubric -> feedback -> report."""

from __future__ import annotations

import logging
import time
from pathlib import Path
from random import Random

from autograder import config, provided
from autograder.answers import grade_answers
from autograder.confine import Confinement
from autograder.operators import Generators, Outcomes, grade_operators
from autograder.records import Check, Isolation, Loaded, Outcome, Report, Submission
from autograder.rubric import CHECKS
from autograder.sandbox import Sandbox
from autograder.submission import Refused, read_submission
from autograder.training import Progress, grade_training

_log = logging.getLogger(__name__)

GRADER_FAULT = (
    "The grader itself failed here. This is not your fault and costs you nothing: please tell the course staff."
)
AS_SUBMITTED = "graded as it was submitted, with all its statements and its own Value; please look at it."
FOR_STAFF = "For the course staff: "


def grade(path: Path, *, progress: Progress | None = None) -> Report:
    """Grade one submitted notebook (or percent file).

    Whatever the file holds, a report comes back; ``FileNotFoundError`` if there is no file at ``path``.
    """
    try:
        submission = read_submission(path)
    except Refused as refusal:
        return refuse(path.name, str(refusal))
    return grade_submission(submission, progress=progress)


def refuse(name: str, reason: str) -> Report:
    """The report of a submission that could not be read."""
    outcomes = tuple(Outcome(check, "not_attempted", "The submission could not be read.") for check in CHECKS)
    return Report(name, outcomes, notes=(reason,))


def grade_submission(
    submission: Submission,
    *,
    progress: Progress | None = None,
    confinement: Confinement | None = None,
    slot: int = 0,
) -> Report:
    """Grade what intake made of a submission.

    ``slot`` tells apart submissions that one process grades at the same time.
    """
    started = time.monotonic()
    outcomes: Outcomes = {}
    notes = [*submission.notes, *_explanations(submission)]
    isolation = Isolation()
    try:
        outcomes |= grade_answers(submission)
        given = {cell.strip() for cell in provided.cells()}
        own_cells = [cell for cell in submission.cells if cell.strip() not in given]
        with Sandbox(own_cells, provided.definitions(), confinement=confinement, slot=slot) as box:
            isolation = box.isolation
            _grade_code(box, _generators(submission), outcomes, notes, progress)
    except Exception:
        # Whatever went wrong on this side must neither be a zero nor lose what was graded before.
        _log.exception("the grader failed on %s", submission.name)
        notes.append(GRADER_FAULT)
    judged = tuple(outcomes.get(check.id) or Outcome(check, "grader_fault", GRADER_FAULT) for check in CHECKS)
    return Report(submission.name, judged, isolation, time.monotonic() - started, tuple(notes))


def _explanations(submission: Submission) -> list[str]:
    """The written explanations, which people mark."""
    return [f"{FOR_STAFF}{name}: {text}" for name, text in submission.explanations.items()]


def _generators(submission: Submission) -> Generators:
    settings = config.load()

    def generator(check: Check) -> Random:
        return settings.generator(submission.fingerprint, check.id)

    return generator


def _grade_code(
    box: Sandbox, generators: Generators, outcomes: Outcomes, notes: list[str], progress: Progress | None
) -> None:
    loaded = box.load("grafted")
    operators = grade_operators(box, loaded, generators)
    if _wants_second_try(loaded, operators):
        again = box.load("as_submitted")
        second = grade_operators(box, again, generators)
        if _points(second) > _points(operators):
            operators = second
            notes.append(FOR_STAFF + AS_SUBMITTED)
        else:
            box.load("grafted")
    outcomes |= operators
    notes += _problems(loaded, operators)
    outcomes |= grade_training(box, operators, generators, progress)


def _wants_second_try(loaded: Loaded, operators: Outcomes) -> bool:
    """Whether the submission's own ``Value``, or statements that grafting leaves out, may hold what is missing."""
    more = loaded.set_aside or bool({"missing", "not_a_function"} & set(loaded.operators.values()))
    return more and any(outcome.outcome != "passed" for outcome in operators.values())


def _points(outcomes: Outcomes) -> int:
    return sum(outcome.score for outcome in outcomes.values())


def _problems(loaded: Loaded, operators: Outcomes) -> list[str]:
    """What did not load, where it may matter: an intact submission need not read that its plots were left out."""
    intact = all(outcome.outcome == "passed" for outcome in operators.values())
    return [] if intact else list(loaded.problems)
