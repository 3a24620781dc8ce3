"""The instructor's desk: all that people decided about a class, read before it is graded and applied to each row."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from autograder.classroom import explanations, gradebook_edits, overrides
from autograder.classroom.hand_ins import ByHand, Marked, Student
from autograder.classroom.lateness import Deadline, DeadlineError, deadline
from autograder.classroom.overrides import Overrides


class DeskError(ValueError):
    """Something that people wrote must be mended first; the message names the file and the line."""


@dataclass(frozen=True)
class Terms:
    """When the class hands in, and what becomes of an edited gradebook; None leaves it to the course's settings.

    ``keep`` makes overrides of marks that were typed into the gradebook, ``discard`` writes over them.
    """

    due: str | None = None
    grace: str | None = None
    late_policy: str | None = None
    keep: bool = False
    discard: bool = False


NO_TERMS = Terms()
"""The course's settings, and a gradebook that nobody edited."""


@dataclass(frozen=True)
class Desk:
    """Decisions about a class; ``said`` are lines for the terminal."""

    deadline: Deadline
    overrides: Overrides
    written: explanations.Marks
    said: tuple[str, ...] = ()

    def decided(self, row: Marked) -> Marked:
        """The row with its time in the course's time zone, and with what people decided about it."""
        key = row.hand_in.student.key
        hand_in, lateness = self.deadline.judge(row.hand_in, self.overrides.extensions.get(key))
        written = explanations.marks_of(key, row.explanations, self.written)
        return replace(row, hand_in=hand_in, by_hand=ByHand(self.overrides.decisions.get(key, {}), written, lateness))


def open_desk(out: Path, students: Sequence[Student], terms: Terms) -> Desk:
    """The desk of the class in ``out``; its files are made where there are none. Raises ``DeskError``."""
    try:
        until = deadline(terms.due, terms.grace, terms.late_policy)
        overrides.create(out)
        known = overrides.read(out, students, until)
        said = gradebook_edits.settle(out, students, known, keep=terms.keep, discard=terms.discard)
        known = overrides.read(out, students, until) if said else known
        rules = [until.in_words()] if until.due else []
        return Desk(until, known, explanations.read(out), (*rules, *said))
    except (DeadlineError, overrides.OverrideError, gradebook_edits.EditedError, explanations.MarkError) as error:
        raise DeskError(str(error)) from None
