"""Classes of students for the tests of class mode, each row with the score that it must get; and cheap gradings.

Run as a program, with ``DIR --out OUT ...``, it is the command ``class`` with a grading that takes no time and leaves a
line in a journal (``CLASS_JOURNAL``), for what concerns the class and not the grades.
"""

from __future__ import annotations

import json
import os
import re
import shutil
import stat
import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import cycle, islice
from pathlib import Path
from random import Random
from typing import Any

from assigned import refuse
from specimens import WHOLE, Specimen, skeleton, specimen_of, specimens, with_answers, write

from autograder.classroom import grading_job
from autograder.vocabulary import Submission

TOGETHER = 60.0
"""Seconds for processes to start beside each other on a busy machine."""
KILLER = "the one that ends its worker"
STATUS = Path("/proc/self/status")
"""Has the process's own peak of memory; that of ``getrusage`` is its starter's, where that was higher."""
BLANK_SCORES = {"": 0, "evidence": 8, "choice_1": 3, "choice_2": 3}
"""What the answers outside of the operators are worth, each alone in a blank notebook."""

REFUSED = ("hostile/exhaust_huge_answers",)
"""Some specimens of other kinds that intake refuses."""


@dataclass(frozen=True)
class Choice:
    """The hand-ins that a class has once each, before the copies.

    ``blanks`` are different blank notebooks, the cheapest answers that there are.
    """

    names: frozenset[str]
    blanks: int


_INTAKE = (
    "intake/cells_are_no_list",
    "intake/empty",
    "intake/fifo",
    "intake/folder_named_ipynb",
    "intake/no_notebook",
    "intake/symbolic_link",
    "intake/truncated",
    "intake/zip_bomb",
    "intake/zip_of_the_folder",
)
QUICK = Choice(
    frozenset(
        (
            "right/helper_class",
            "wrong/pow_exponent_raised",
            "broken/tags_lost",
            "hostile/exhaust_fork_bomb",
            "hostile/exhaust_stop_oneself",
            "hostile/forge_kill_parent",
            "hostile/persist_shared_folders",
            *_INTAKE,
        )
    ),
    blanks=4,
)
"""Some of each kind, of which one is trained to the end."""


def measured() -> Choice:
    """More of each kind, which together take a minute: for the figures that the README quotes."""
    wrong = [one for one in specimens("wrong") if "training.loss_falls" in one.loses and one.loses != {"*"}]
    names = (
        "right/helper_class",
        "broken/half_way",
        "broken/raising_cells",
        "broken/tags_lost",
        "broken/value_is_a_function",
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
        "intake/several_notebooks",
    )
    return Choice(frozenset((*names, *_INTAKE, *(one.name for one in wrong[::12]))), blanks=24)


@dataclass(frozen=True)
class Expected:
    """What a student's row must say: the score, None where the submission cannot be read; and where it came from."""

    score: int | None
    specimen: str
    loses: frozenset[str] = frozenset()
    says: str = ""


def make_class(folder: Path, size: int, choice: Choice = QUICK, seed: int = 5) -> dict[str, Expected]:
    """Write a class of ``size`` students into ``folder``, a folder for each; returns what each must get.

    Specimens of all kinds (the whole gallery with ``GALLERY=whole``) and blank notebooks once each, then duplicates of
    them, in a random order.
    """
    originals = [*_chosen(choice), *_blanks(choice.blanks)]
    members = list(islice(cycle(originals), size))
    Random(seed).shuffle(members)
    found: dict[str, Expected] = {}
    first: dict[Any, str] = {}
    for number, member in enumerate(members):
        name = f"student {number:03}"
        (folder / name).mkdir(parents=True)
        if member in first and _copy(folder / first[member], folder / name):
            found[name] = found[first[member]]
        else:
            found[name], first[member] = member(folder / name), name
    return found


def _copy(source: Path, folder: Path) -> bool:
    """Copy what is handed in, which may take seconds to make, and return whether it was files and nothing else."""
    files = list(source.iterdir())
    if not all(stat.S_ISREG(path.lstat().st_mode) for path in files):
        return False
    for path in files:
        shutil.copy(path, folder)
    return True


def _chosen(choice: Choice) -> Iterator[Any]:
    for kind in ("right", "wrong", "broken", "hostile", "intake"):
        some = sorted(name for name in choice.names if name.startswith(kind + "/"))
        for specimen in specimens(kind) if WHOLE else [specimen_of(name) for name in some]:
            yield lambda folder, specimen=specimen: _of_specimen(specimen, folder)


def _of_specimen(specimen: Specimen, folder: Path) -> Expected:
    specimen.hand_in(folder)
    is_read = specimen.score > 0 or (specimen.kind != "intake" and specimen.name not in REFUSED)
    return Expected(specimen.score if is_read else None, specimen.name, specimen.loses, specimen.says)


def _blanks(size: int) -> Iterator[Any]:
    for number, given in zip(range(size), cycle(BLANK_SCORES), strict=False):
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
    return refuse("", "A cheap grading.").to_json()


def job_that_may_kill(submission: Submission, version: str) -> dict[str, Any]:
    """Stands in for a grading: ends its process when the submission is the killer's; takes a moment otherwise."""
    if submission.name == KILLER:
        time.sleep(0.05)
        os._exit(1)
    time.sleep(0.02)
    return {"of": submission.name, "process": os.getpid()}


def affinity_of_one_of(number: int, folder: str) -> set[int]:
    """The cores of this process, once so many processes are here together."""
    (Path(folder) / str(os.getpid())).touch()
    deadline = time.monotonic() + TOGETHER
    while len(list(Path(folder).iterdir())) < number and time.monotonic() < deadline:
        time.sleep(0.01)
    return os.sched_getaffinity(0)


def main() -> int:
    """The command ``class``, with cheap gradings; prints the driver's peak of memory at the end."""
    import class_folders

    from autograder.__main__ import main as command

    if seconds := os.environ.get("CLASS_CONNECT_SECONDS"):
        from autograder.classroom import dask_cluster

        dask_cluster.CONNECT_SECONDS = float(seconds)
    grading_job.grade_job = class_folders.cheap_job  # by its own module, where the processes of the pool find it
    status = command(["class", *sys.argv[1:]])
    peak = re.search(r"VmHWM:\s+(.*)", STATUS.read_text(encoding="ascii")) if STATUS.is_file() else None
    print("peak", peak[1] if peak else "unknown")
    return status


if __name__ == "__main__":
    sys.exit(main())
