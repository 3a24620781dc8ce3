"""Classes of students for the tests of class mode, each row with the score that it must get; and cheap gradings.

Run as ``python tests/classes.py DIR --out OUT ...`` it is the command ``class`` with a grading that takes no time and
leaves a line in a journal (``CLASS_JOURNAL``), for what concerns the class and not the grades.
"""

from __future__ import annotations

import json
import os
import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import cycle, islice
from pathlib import Path
from random import Random
from typing import Any

from specimens import WHOLE, Specimen, skeleton, specimens, with_answers, write

from autograder import grading
from autograder.classroom import engine
from autograder.records import Submission

BLANK_SCORES = {"": 0, "evidence": 8, "choice_1": 3, "choice_2": 3}
"""What the answers outside of the operators are worth, each alone in a blank notebook."""

CHEAP = {
    "right": ["right/helper_class"],
    "broken": ["broken/half_way", "broken/raising_cells", "broken/tags_lost", "broken/value_is_a_function"],
    "hostile": [
        "hostile/exhaust_fork_bomb",
        "hostile/exhaust_loop_in_operator",
        "hostile/exhaust_segfault_in_operator",
        "hostile/fool_answer_subclasses",
        "hostile/forge_by_daemon",
        "hostile/forge_kill_parent",
        "hostile/forge_os_exit_at_load",
        "hostile/forge_reply_in_operator",
        "hostile/persist_shared_folders",
        "hostile/read_hidden_tests",
    ],
    "intake": [
        "intake/cells_are_no_list",
        "intake/empty",
        "intake/fifo",
        "intake/folder_named_ipynb",
        "intake/no_notebook",
        "intake/several_notebooks",
        "intake/symbolic_link",
        "intake/truncated",
        "intake/zip_bomb",
        "intake/zip_of_the_folder",
    ],
}
"""Some specimens of each kind that together take a minute; of the wrong ones every ``EVERY``-th that is not trained."""
REFUSED = ("hostile/exhaust_huge_answers",)
"""Specimens of other kinds that intake refuses."""
EVERY = 12
BLANKS = 24
"""Blank notebooks that differ from each other: the cheapest answers that there are."""


@dataclass(frozen=True)
class Expected:
    """What a student's row must say: the score, None where the submission cannot be read; and where it came from."""

    score: int | None
    specimen: str
    loses: frozenset[str] = frozenset()
    says: str = ""


def make_class(folder: Path, size: int, seed: int = 5) -> dict[str, Expected]:
    """Write a class of ``size`` students into ``folder``, a folder for each; returns what each must get.

    Specimens of all kinds (the whole gallery with ``GALLERY=whole``) and blank notebooks once each, then duplicates of
    them, in a random order.
    """
    originals = [*_chosen(), *_blanks()]
    members = list(islice(cycle(originals), size))
    Random(seed).shuffle(members)
    found = {}
    for number, member in enumerate(members):
        name = f"student {number:03}"
        (folder / name).mkdir(parents=True)
        found[name] = member(folder / name)
    return found


def _chosen() -> Iterator[Any]:
    wrong = [one for one in specimens("wrong") if "training.loss_falls" in one.loses and one.loses != {"*"}]
    cheap = {name for names in CHEAP.values() for name in names} | {one.name for one in wrong[::EVERY]}
    for specimen in specimens("right", "wrong", "broken", "hostile", "intake"):
        if WHOLE or specimen.name in cheap:
            yield lambda folder, specimen=specimen: _of_specimen(specimen, folder)


def _of_specimen(specimen: Specimen, folder: Path) -> Expected:
    specimen.hand_in(folder)
    is_read = specimen.score > 0 or (specimen.kind != "intake" and specimen.name not in REFUSED)
    return Expected(specimen.score if is_read else None, specimen.name, specimen.loses, specimen.says)


def _blanks() -> Iterator[Any]:
    for number, given in zip(range(BLANKS), cycle(BLANK_SCORES), strict=False):
        yield lambda folder, number=number, given=given: _blank(folder, number, given)


def _blank(folder: Path, number: int, given: str) -> Expected:
    write(blank(number, given), folder / "autodiff.ipynb")
    return Expected(BLANK_SCORES[given], f"blank {number}")


def blank(number: int, given: str = "") -> dict[str, Any]:
    """The blank notebook, unlike that of any other ``number``, with the one answer that is ``given``."""
    notebook = skeleton()
    solved = with_answers(("+", ""))["cells"]
    for cell, answer in zip(notebook["cells"], solved, strict=False):
        if given and f"answer:{given}" in cell["metadata"].get("tags", []):
            cell["source"] = answer["source"]
    notebook["cells"].append(
        {"cell_type": "code", "metadata": {}, "execution_count": None, "outputs": [], "source": f"# {number}"}
    )
    return notebook


def make_cheap_class(folder: Path, size: int) -> None:
    """Students with tiny notebooks, all different: for what depends on how many there are, not on what they did."""
    folder.mkdir(parents=True)
    for number in range(size):
        cells = [{"cell_type": "code", "metadata": {}, "outputs": [], "source": f"answer = {number}"}]
        notebook = {"nbformat": 4, "nbformat_minor": 5, "metadata": {}, "cells": cells}
        (folder / f"s{number:05}.ipynb").write_text(json.dumps(notebook), encoding="utf-8")


def cheap_job(submission: Submission, version: str) -> dict[str, Any]:
    """Stands in for a grading: leaves the fingerprint in the journal, and takes the time that the test wants."""
    with Path(os.environ["CLASS_JOURNAL"]).open("a", encoding="ascii") as journal:
        journal.write(submission.fingerprint + "\n")
    time.sleep(float(os.environ.get("CLASS_SECONDS", "0")))
    return grading.refuse("", "A cheap grading.").to_json()


def main() -> int:
    """The command ``class``, with cheap gradings; prints the driver's peak of memory at the end."""
    import resource

    import classes

    from autograder.__main__ import main as command

    engine.grade_job = classes.cheap_job  # by its own module, where the processes of the pool find it
    status = command(["class", *sys.argv[1:]])
    print(f"peak {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss} kB")
    return status


if __name__ == "__main__":
    sys.exit(main())
