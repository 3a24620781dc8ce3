"""What is wanted of a class, beside its marks."""

from __future__ import annotations

import argparse
from collections.abc import Sequence
from dataclasses import dataclass

from autograder.classroom.desk import NO_TERMS, Terms
from autograder.classroom.gradebook_imports import COURSE, Column
from autograder.classroom.roster_file import Entry, read_roster


@dataclass(frozen=True)
class Wishes:
    """Pseudonyms, the course's list of students, the column in Canvas, and when it is due."""

    anonymous: bool = False
    roster: Sequence[Entry] = ()
    column: Column = COURSE
    terms: Terms = NO_TERMS


NO_WISHES = Wishes()
"""Names as they are, and no list."""


def of(options: argparse.Namespace) -> Wishes:
    """Return the wishes that the options of the command tell; raises ``roster_file.RosterError``."""
    return Wishes(
        options.anonymous,
        read_roster(options.roster) if options.roster else (),
        Column(options.canvas_name, options.canvas_id),
        Terms(options.due, options.grace, options.late, options.keep, options.discard),
    )
