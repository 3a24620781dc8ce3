"""What the rows of the benchmark have in common: its folder, its repeats, and fixtures that are made once."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Mapping, Sequence
from functools import cached_property
from pathlib import Path

from specimens import ROOT, read_specimen, skeleton, with_answers, write
from zip_ways import set_up

from autograder.authoring import package
from bench import measure, stock
from bench.measure import Run

PYTHON = Path(sys.executable)
OTTER = PYTHON.with_name("otter")
COMMAND_SECONDS = 900.0
"""For any one command: the longest, a class on one core, takes about five minutes here."""

Say = Callable[[str], None]
Command = Sequence[str | os.PathLike[str]]


class Workshop:
    """A throw-away ``folder`` for everything that is built and run; ``say`` is told how far things are."""

    def __init__(self, folder: Path, repeats: int, say: Say) -> None:
        self.folder, self.repeats, self.say = folder, repeats, say

    def run(self, what: str, command: Command, cwd: Path, environment: Mapping[str, str] | None = None) -> Run:
        """Measure one command and say what it cost; raises ``CommandFailed``."""
        run = measure.run(command, cwd, seconds=COMMAND_SECONDS, environment=environment)
        self.say(f"  {what}: {run.wall:.2f} s, CPU {run.cpu:.2f} s, {run.peak / 1e6:.0f} MB")
        return run

    def new_folder(self, name: str) -> Path:
        """An empty folder of that name."""
        number = sum(1 for _ in self.folder.glob(f"{name}*"))
        path = self.folder / f"{name}-{number}"
        path.mkdir()
        return path

    @cached_property
    def zip_file(self) -> Path:
        """Our zip, made from the checkout as it is."""
        self.say("  (building our zip)")
        path = self.folder / "autograder.zip"
        package.make_autograder(ROOT, path)
        return path

    @cached_property
    def container(self) -> Path:
        """What stands for ``/autograder`` on Gradescope, set up by the zip's ``setup.sh``."""
        zip_file = self.zip_file
        self.say("  (setting up what stands for the container)")
        return set_up(zip_file, self.new_folder("container"))

    @cached_property
    def stock(self) -> stock.Stock:
        """The assignment for stock otter."""
        self.say("  (otter assign builds the stock assignment)")
        return stock.make(self.new_folder("stock"))

    @cached_property
    def ours(self) -> dict[str, Path]:
        """Submissions by name: right, wrong (the same as for stock otter) and blank."""
        folder = self.new_folder("submissions")
        wrong = read_specimen(stock.WRONG).notebook()
        notebooks = {"right": with_answers(), "wrong": wrong, "blank": skeleton()}
        for name in notebooks:
            (folder / name).mkdir()
        return {name: write(notebook, folder / name / stock.NAME) for name, notebook in notebooks.items()}
