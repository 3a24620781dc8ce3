"""The way through: submission -> sandbox -> rubric -> feedback -> report."""

from __future__ import annotations

import logging
import time
from pathlib import Path

from autograder import settings
from autograder.autodiff import provided
from autograder.autodiff.sealed.rubric import CHECKS
from autograder.grading.draws import Draws
from autograder.grading.evidence import grade_answers
from autograder.grading.operators import Outcomes, grade_operators
from autograder.grading.training import Progress, grade_training
from autograder.intake.reader_process import Reader
from autograder.intake.submission import Refused
from autograder.sandbox.budget import Budget
from autograder.sandbox.sandbox import Sandbox
from autograder.vocabulary import Isolation, Loaded, Outcome, Report, Submission
from autograder.wire.confinement import FULL, Confinement

_log = logging.getLogger(__name__)

GRADER_FAULT = (
    "The grader itself failed here. This is not your fault and costs you nothing: please tell the course staff."
)
AS_SUBMITTED = "graded as it was submitted, with all its statements and its own Value; please look at it."
FOR_STAFF = "For the course staff: "


def grade(path: Path, *, progress: Progress | None = None) -> Report:
    """Grade one submitted notebook (or percent file), or what counts in a folder that a student submitted.

    Whatever lies there, a report comes back. Raises FileNotFoundError where there is no file at ``path``, and
    ``reader_process.ReaderFault`` where reading fails for a reason of ours.
    """
    with Reader() as reader:
        try:
            file = reader.choose(path) if path.is_dir() and not path.is_symlink() else path
        except Refused as refusal:
            return refuse(path.name, str(refusal))
        read = reader.read(file)
    if read.submission is None:
        return refuse(file.name, read.refused)
    return grade_submission(read.submission, progress=progress)


def refuse(name: str, reason: str) -> Report:
    """The report of a submission that could not be read."""
    outcomes = tuple(Outcome(check, "not_attempted", "The submission could not be read.") for check in CHECKS)
    return Report(name, outcomes, notes=(reason,))


def grade_submission(
    submission: Submission,
    *,
    progress: Progress | None = None,
    confinement: Confinement = FULL,
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
        course = settings.load()
        budget = Budget(course.wall_seconds, course.cpu_seconds)
        with Sandbox(own_cells, provided.definitions(), confinement=confinement, budget=budget, slot=slot) as box:
            isolation = box.isolation
            _grade_code(box, _draws(submission), outcomes, notes, progress)
    except Exception:
        # Whatever went wrong on this side must neither be a zero nor lose what was graded before.
        _log.exception("the grader failed on %s", submission.name)
        notes.append(GRADER_FAULT)
    judged = tuple(outcomes.get(check.id) or Outcome(check, "grader_fault", GRADER_FAULT) for check in CHECKS)
    return Report(submission.name, judged, isolation, time.monotonic() - started, tuple(notes))


def _explanations(submission: Submission) -> list[str]:
    """The written explanations, which people mark."""
    return [f"{FOR_STAFF}{name}: {text}" for name, text in submission.explanations.items()]


def _draws(submission: Submission) -> Draws:
    generator = settings.load().generator
    return Draws(lambda check: generator(submission.fingerprint, check.id))


def _grade_code(box: Sandbox, draws: Draws, outcomes: Outcomes, notes: list[str], progress: Progress | None) -> None:
    loaded = box.load("grafted")
    operators = grade_operators(box, loaded, draws)
    if _wants_second_try(loaded, operators):
        again = box.load("as_submitted")
        second = grade_operators(box, again, draws)
        if _points(second) > _points(operators):
            operators = second
            notes.append(FOR_STAFF + AS_SUBMITTED)
        else:
            box.load("grafted")
    outcomes |= operators
    notes += _problems(loaded, operators)
    outcomes |= grade_training(box, operators, draws, progress)


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
