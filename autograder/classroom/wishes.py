"""The options of a run over a class, read and checked."""

from __future__ import annotations

import argparse
from collections.abc import Sequence
from dataclasses import dataclass

from autograder.classroom.desk import NO_TERMS, Terms
from autograder.classroom.gradebook_imports import COURSE, Column
from autograder.classroom.roster_file import Entry, read_roster


@dataclass(frozen=True)
class Wishes:
    """The options of a run: pseudonyms instead of names, the course's list, the column in Canvas, and the terms."""

    anonymous: bool = False
    roster: Sequence[Entry] = ()
    column: Column = COURSE
    terms: Terms = NO_TERMS


NO_WISHES = Wishes()
"""The options of a run for which none are given."""


def of(options: argparse.Namespace) -> Wishes:
    """Make the wishes from the options of the command.

    Raises ``roster_file.RosterError`` if the course's list cannot be used.
    """
    return Wishes(
        options.anonymous,
        read_roster(options.roster) if options.roster else (),
        Column(options.canvas_name, options.canvas_id),
        Terms(options.due, options.grace, options.late, options.keep, options.discard),
    )
