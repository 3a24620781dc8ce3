"""The whole way of a submission, from its file to its report."""

from __future__ import annotations

import logging
import time
from pathlib import Path

from autograder import settings
from autograder.grading import follow_through, given
from autograder.grading.draws import Draws
from autograder.grading.evidence import Outcomes, grade_answers
from autograder.grading.methods import Judged, grade_methods
from autograder.grading.stepwise import Progress, Witness, grade_stepwise, nobody
from autograder.intake.reader_process import Reader
from autograder.intake.submission import Refused
from autograder.sandbox.budget import Budget
from autograder.sandbox.sandbox import Sandbox
from autograder.vocabulary import Assignment, Isolation, Loaded, Note, Outcome, Report, Sign, Submission
from autograder.wire.confinement import FULL, Confinement

_log = logging.getLogger(__name__)

GRADER_FAULT = (
    "The grader itself failed here. This is not your fault and costs you nothing: please tell the course staff."
)


def grade(path: Path, assignment: Assignment, *, progress: Progress | None = None, witness: Witness = nobody) -> Report:
    """Grade a submitted notebook or percent file, or the file that counts in a submitted folder.

    A file that cannot be read gets a report too.

    Raises ``FileNotFoundError`` if there is no file at ``path``, and ``reader_process.ReaderFault`` if reading fails
    through a fault of the grader.
    """
    with Reader(assignment.manifest) as reader:
        try:
            file = reader.choose(path) if path.is_dir() and not path.is_symlink() else path
        except Refused as refusal:
            return refuse(path.name, str(refusal), assignment)
        read = reader.read(file)
    if read.submission is None:
        return refuse(file.name, read.refused, assignment)
    return grade_submission(read.submission, assignment, progress=progress, witness=witness)


def refuse(name: str, reason: str, assignment: Assignment) -> Report:
    """Return the report of a submission that could not be read, for this ``reason``."""
    said = "The submission could not be read."
    return Report(
        name, tuple(Outcome(check, "not_attempted", said) for check in assignment.checks), notes=(Note(reason),)
    )


def grade_submission(
    submission: Submission,
    assignment: Assignment,
    *,
    progress: Progress | None = None,
    confinement: Confinement = FULL,
    slot: int = 0,
    witness: Witness = nobody,
) -> Report:
    """Grade a submission after intake. A fault of the grader ends in the report and raises nothing.

    ``slot`` is a number that no other submission has which this process grades at the same time. ``witness`` is called
    with all observations that count, with those of hidden checks too.
    """
    started = time.monotonic()
    outcomes: Outcomes = {}
    notes = [*map(Note, submission.notes), *explanations(submission)]
    isolation = Isolation()
    try:
        outcomes |= grade_answers(submission, assignment.checks)
        with _sandbox(submission, assignment, confinement, slot) as box:
            isolation = box.isolation
            draws = _draws(submission, assignment)
            _grade_code(box, assignment, draws, outcomes, notes, progress, witness)
    except Exception:
        # A fault on this side must not become a zero, and must not lose what was graded before it.
        _log.exception("the grader failed on %s", submission.name)
        notes.append(Note(GRADER_FAULT, sign=Sign.GRADER_FAULT))
    judged = tuple(
        outcomes.get(check.id) or Outcome(check, "grader_fault", GRADER_FAULT) for check in assignment.checks
    )
    return Report(submission.name, judged, isolation, time.monotonic() - started, tuple(notes))


def explanations(submission: Submission) -> list[Note]:
    """Return the written explanations as notes to the staff, who mark them."""
    return [Note(f"{name}: {text}", "staff") for name, text in submission.explanations.items()]


def _sandbox(submission: Submission, assignment: Assignment, confinement: Confinement, slot: int) -> Sandbox:
    """Return a sandbox for the student's own cells, with the time that one submission may take."""
    provided = {cell.strip() for cell in assignment.cells()}
    own_cells = [cell for cell in submission.cells if cell.strip() not in provided]
    course = settings.load()
    return Sandbox(
        assignment.manifest,
        given.definitions(assignment),
        own_cells,
        confinement=confinement,
        budget=Budget(course.wall_seconds, course.cpu_seconds),
        slot=slot,
    )


def _draws(submission: Submission, assignment: Assignment) -> Draws:
    generator = settings.load().generator
    return Draws(assignment.checks, lambda check: generator(submission.fingerprint, check.id))


def _grade_code(
    box: Sandbox,
    assignment: Assignment,
    draws: Draws,
    outcomes: Outcomes,
    notes: list[Note],
    progress: Progress | None,
    witness: Witness,
) -> None:
    follow = settings.load().follow_through
    loaded = box.load("grafted")
    graded = grade_methods(box, loaded, assignment, draws)
    if _wants_second_try(graded):
        second = grade_methods(box, box.load("as_submitted"), assignment, draws)
        if _points(second) > _points(graded):
            graded = second
            said = f"graded as it was submitted, with its own {assignment.manifest.grafted_on} and all its statements"
            notes.append(Note(f"{said}; please look at it.", "staff", Sign.AS_SUBMITTED))
        else:
            box.load("grafted")
    outcomes |= follow_through.within_methods(graded) if follow else graded.outcomes
    notes += _problems(loaded, graded)
    for seen in graded.seen.values():
        witness(seen)
    outcomes |= grade_stepwise(box, graded, assignment, draws, follow=follow, progress=progress, witness=witness)


def _wants_second_try(graded: Judged) -> bool:
    """Tell whether it is worth grading the submission again as it is, without grafting.

    It is if checks failed, and the student's own class or statements that grafting leaves out may be what they lack.
    """
    loaded = graded.loaded
    more = loaded.set_aside or bool({"missing", "not_a_function"} & set(loaded.methods.values()))
    return more and not _is_intact(graded)


def _points(graded: Judged) -> int:
    return sum(outcome.score for outcome in graded.outcomes.values())


def _is_intact(graded: Judged) -> bool:
    return all(outcome.outcome == "passed" for outcome in graded.outcomes.values())


def _problems(loaded: Loaded, graded: Judged) -> list[Note]:
    """Return the notes on statements that did not load; none if all checks of methods passed.

    A student with full points need not read that a plot was left out.
    """
    return [] if _is_intact(graded) else list(loaded.problems)
