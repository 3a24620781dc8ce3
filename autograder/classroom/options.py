"""Options of the command ``class``."""

from __future__ import annotations

import argparse
from pathlib import Path


def add_options(parser: argparse.ArgumentParser) -> None:
    """Add the options of ``class`` to a parser."""
    add = parser.add_argument
    add("source", type=Path, help="the export of Gradescope, Canvas, Moodle or nbgrader, or a folder")
    add("--out", type=Path, required=True, help="the folder for marks and reports; kept for a next run")
    add("--jobs", type=int, help="submissions at a time (all cores)")
    add("--scheduler", metavar="ADDRESS", help="use the Dask cluster at tcp://host:port instead")
    add("--student", metavar="NAME", help="grade this one only, and print all that was run, hidden inputs too")
    add("--roster", type=Path, metavar="CSV", help="the course's list of students, to compare the class with")
    add("--canvas-name", metavar="NAME", default="", help="what the assignment is called in Canvas")
    add("--canvas-id", type=int, metavar="ID", help="the assignment's number in Canvas, at the end of its address")
    add("--due", metavar="TIME", help="until when to hand in, such as 2026-11-30T23:59+01:00 (or in settings.toml)")
    add("--grace", metavar="SPAN", help="how long after that is still in time, such as '15 minutes'")
    add("--late", metavar="POLICY", help="what lateness costs, such as '10%% per day, at most 3 days'")
    add("--keep", action="store_true", help="keep marks that were typed into gradebook.csv as overrides")
    add("--discard", action="store_true", help="write over marks that were typed into gradebook.csv")
    add("--anonymous", action="store_true", help="pseudonyms in all but the gradebooks")
