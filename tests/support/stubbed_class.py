"""The command ``class`` with gradings that are read off the submission, settings of one's own, and a death when wanted.

A submission says ``# fails: check another_check`` in a cell. Where mistakes are not followed through, one in the first
check costs ``BUILDS_ON`` as well: so a change of that setting is a change of the rubric.
"""

from __future__ import annotations

import os
import re
import sys
from collections.abc import Iterable, Iterator
from contextlib import nullcontext
from pathlib import Path
from typing import Any

from assigned import CHECKS
from class_rows_by_hand import report

from autograder import settings
from autograder.__main__ import main as command
from autograder.classroom import dispatch, pools
from autograder.vocabulary import Submission

FIRST = CHECKS[0].id
BUILDS_ON = next(check.id for check in CHECKS if check.question == "training")
SETTINGS, DIES_AT = "STUB_SETTINGS", "STUB_DIES_AT"
"""Names in the environment: the file of settings, and the how-manieth file is the last thing before the end."""
KILLED = 9


def failing(said: Iterable[str], follow_through: bool) -> set[str]:
    """The checks that fail by what is said."""
    found = {*said}
    return found | {BUILDS_ON} if FIRST in found and not follow_through else found


def _graded(jobs: Iterable[tuple[str, Submission]], pool: Any) -> Iterator[tuple[str, dict[str, Any]]]:
    for key, submission in jobs:
        said = re.findall(r"^# fails: ?(.*)", "\n".join(submission.cells), re.MULTILINE)
        names = failing(" ".join(said).split(), settings.load().follow_through)
        yield key, report(dict.fromkeys(names, ""))


def _die_at(place: int) -> None:
    """End the process, without a word, instead of putting the ``place``-th file in its place."""
    real, left = Path.replace, [place]

    def replace(self: Path, target: Path) -> Path:
        left[0] -= 1
        if not left[0]:
            os._exit(KILLED)
        return real(self, target)

    Path.replace = replace  # type: ignore[method-assign,assignment] # in a process of its own


def main() -> int:
    """Run the command with the arguments of this process."""
    settings.FILE = Path(os.environ[SETTINGS])
    settings.load.cache_clear()
    dispatch.grade_all = _graded
    pools.pool = lambda *_: nullcontext()  # type: ignore[assignment]
    if place := int(os.environ.get(DIES_AT, "0")):
        _die_at(place)
    return command(["class", *sys.argv[1:], "--jobs", "1"])
