"""Grading one submission: ours in its three ways, stock otter, and the floor."""

from __future__ import annotations

import json
import os
import shutil
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

from specimens import ROOT, read_specimen
from zip_ways import points

from bench import programs
from bench.measure import Run
from bench.programs import DATA_FOLDER
from bench.stock import WRONG
from bench.workshop import OTTER, PYTHON, Command, Workshop

FLOOR = "ten epochs alone"
COMMAND_LINE = "ours, command line"
RUN_AUTOGRADER = "ours, run_autograder"
OUR_OTTER = "ours, otter run"
STOCK = "stock otter run"
COMMANDS = (COMMAND_LINE, RUN_AUTOGRADER, OUR_OTTER, STOCK)
SUBMISSIONS = ("right", "wrong", "blank")
STOCK_WRONG = 1
"""Runs of stock otter on the wrong submission: it trains that one to the end too, as long as the right one."""
NOTE = """
`right` is the solution, `wrong` writes `=` where `+=` was needed, `blank` is the skeleton. *Stock otter* grades the
same assignment, built by `otter assign` from `tests/bench/fixtures/demo.py`: the demo's way of training, in otter's
kernel, and each check of the rubric as an ordinary otter test with the same points, visibility, numbers and tolerance.
Of the demo its garbage collector, its sums from 0 and its loop are kept. Its layer is mended, or the loss would not
fall, and its `backward` visits nodes in topological order, or the solution would not get its points. *Ten epochs alone*
is the floor: the notebook's own training cell in a bare process.
""".strip()


def name(way: str, submission: str) -> str:
    """The name of the runs of a way of grading a submission."""
    return f"{way}: {submission}"


def measure(shop: Workshop) -> tuple[dict[str, list[Run]], dict[str, Any]]:
    """Grade each submission in each way, with stock otter as often but for the wrong one, which it trains too."""
    ways: dict[str, Callable[[Workshop, str], Run]] = {
        COMMAND_LINE: command_line,
        RUN_AUTOGRADER: run_autograder,
        OUR_OTTER: our_otter,
        STOCK: stock_otter,
    }
    shop.container, shop.stock, shop.ours  # noqa: B018 - built before anything is timed
    runs: dict[str, list[Run]] = {}
    for repeat in range(shop.repeats):
        runs.setdefault(FLOOR, []).append(floor(shop))
        for submission in SUBMISSIONS:
            for way, grade in ways.items():
                few = (way, submission) == (STOCK, "wrong") and repeat >= STOCK_WRONG
                if not few and (submission == "right" or way in (COMMAND_LINE, STOCK)):
                    runs.setdefault(name(way, submission), []).append(grade(shop, submission))
    return runs, {}


def floor(shop: Workshop) -> Run:
    """The notebook's ten epochs in a bare process."""
    program = shop.folder / "floor.py"
    program.write_text(programs.notebook(), encoding="utf-8")
    return shop.run(FLOOR, [PYTHON, "-I", program], DATA_FOLDER)


def command_line(shop: Workshop, submission: str) -> Run:
    """``python -m autograder grade``; the score must be the one that the submission deserves."""
    report = shop.folder / "report.json"
    command: Command = [PYTHON, "-m", "autograder", "grade", shop.ours[submission], "--json", report]
    run = shop.run(name(COMMAND_LINE, submission), command, ROOT)
    _require(json.loads(report.read_text(encoding="utf-8"))["score"], submission, COMMAND_LINE)
    return run


def run_autograder(shop: Workshop, submission: str) -> Run:
    """Gradescope's start script, from the zip that was unpacked and set up."""
    root = shop.container
    for folder in ("submission", "results"):
        shutil.rmtree(root / folder, ignore_errors=True)
        (root / folder).mkdir()
    shutil.copy(shop.ours[submission], root / "submission")
    environment = {"AUTODIFF_PREFIX": os.fspath(root.parent)}
    run = shop.run(name(RUN_AUTOGRADER, submission), [root / "run_autograder"], root, environment)
    results = json.loads((root / "results" / "results.json").read_text(encoding="utf-8"))
    _require(points(results)[0], submission, RUN_AUTOGRADER)
    return run


def our_otter(shop: Workshop, submission: str) -> Run:
    """``otter run`` with our zip."""
    return _otter(shop, OUR_OTTER, shop.zip_file, shop.ours[submission], submission)


def stock_otter(shop: Workshop, submission: str) -> Run:
    """``otter run`` with the stock assignment."""
    stock: Mapping[str, Path] = vars(shop.stock)
    return _otter(shop, STOCK, shop.stock.zip_file, stock[submission], submission)


def _otter(shop: Workshop, way: str, zip_file: Path, path: Path, submission: str) -> Run:
    folder = shop.new_folder("otter")
    run = shop.run(name(way, submission), [OTTER, "run", "-a", zip_file, "--no-logo", path], folder)
    _require(points(json.loads((folder / "results.json").read_text(encoding="utf-8")))[0], submission, way)
    return run


def _require(score: float, submission: str, way: str) -> None:
    """Raise ``ValueError`` for a wrong score: a grader that is fast and wrong is not to be compared."""
    specimen = read_specimen(WRONG)
    followed = sum(specimen.follows.values()) if way == STOCK else 0  # there a mistake costs what follows from it too
    wanted = {"right": 100, "wrong": specimen.score - followed, "blank": 0}[submission]
    if score != wanted:
        raise ValueError(f"{way} gave the {submission} submission {score} points, not {wanted}")
