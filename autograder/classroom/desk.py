"""The instructor's desk: all that people decided about a class. It is read before grading and applied to each row."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from autograder.classroom import explanations, gradebook_edits, overrides
from autograder.classroom.hand_ins import ByHand, Marked, Student
from autograder.classroom.lateness import Deadline, DeadlineError, deadline
from autograder.classroom.overrides import Overrides


class DeskError(ValueError):
    """Exception for something that people wrote and must mend first; the message says where, and what is wrong."""


@dataclass(frozen=True)
class Terms:
    """The options of one run about the due date, and about a gradebook that somebody edited.

    Where ``due``, ``grace`` or ``late_policy`` is None, the course's settings count. ``keep`` turns marks that were
    typed into the gradebook into overrides; ``discard`` writes over them.
    """

    due: str | None = None
    grace: str | None = None
    late_policy: str | None = None
    keep: bool = False
    discard: bool = False


NO_TERMS = Terms()
"""The terms of a run without options: the course's settings count, and an edited gradebook is an error."""


@dataclass(frozen=True)
class Desk:
    """All decisions about a class; ``said`` are lines for the terminal about the due date and the gradebook."""

    deadline: Deadline
    overrides: Overrides
    written: explanations.Marks
    said: tuple[str, ...] = ()

    def decided(self, row: Marked) -> Marked:
        """Return the row with people's decisions about it, and with its time in the course's time zone."""
        key = row.hand_in.student.key
        hand_in, lateness = self.deadline.judge(row.hand_in, self.overrides.extensions.get(key))
        written = explanations.marks_of(key, row.explanations, self.written)
        return replace(row, hand_in=hand_in, by_hand=ByHand(self.overrides.decisions.get(key, {}), written, lateness))


def open_desk(out: Path, students: Sequence[Student], terms: Terms) -> Desk:
    """Read the desk of the class in ``out``; a missing ``overrides.csv`` is made.

    Raises ``DeskError`` for what people must mend first.
    """
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
