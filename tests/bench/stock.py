"""The same assignment for stock otter: the demo's notebook with the rubric's expectations, by ``otter assign``."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import nbformat
from assigned import CHECKS
from specimens import path_of, read_specimen

from bench.programs import DATA_FOLDER, FIXTURES, answers, demo_cells
from bench.stocktests import test_cell

NAME = "autodiff.ipynb"
DATA = "data/boston_housing.csv"
ASSIGN_SECONDS = 120
"""``otter assign`` takes about 5 s."""
WRONG = path_of("wrong/mul_overwrites")
"""The wrong submission of the benchmark: ``=`` where ``+=`` was needed."""
CONFIG = {"files": [DATA], "tests": {"ok_format": False}}
"""Otter's defaults, but for the data and the format of the tests, which is the one that asks for less."""


@dataclass(frozen=True)
class Stock:
    """What ``otter assign`` made: the zip, and a right, a wrong and a blank submission."""

    zip_file: Path
    right: Path
    wrong: Path
    blank: Path


def make(folder: Path) -> Stock:
    """Build the assignment in ``folder``; raises ``RuntimeError`` with otter's words if otter fails."""
    (folder / "data").mkdir()
    shutil.copy(DATA_FOLDER / DATA, folder / DATA)
    nbformat.write(master_notebook(), folder / NAME)
    command = [sys.executable, "-m", "otter", "assign", NAME, "assigned", "--no-run-tests", "--no-pdfs"]
    done = subprocess.run(command, cwd=folder, capture_output=True, text=True, timeout=ASSIGN_SECONDS, check=False)
    if done.returncode:
        raise RuntimeError(f"otter assign failed:\n{done.stdout}{done.stderr}")
    [zip_file] = (folder / "assigned" / "autograder").glob("*.zip")
    right, blank = (folder / "assigned" / kind / NAME for kind in ("autograder", "student"))
    return Stock(zip_file, right, _wrong(right, folder), blank)


def wrong_answers() -> tuple[tuple[str, str], ...]:
    """The answers of the wrong submission that are not those of the solution."""
    return read_specimen(WRONG).cells


def _wrong(right: Path, folder: Path) -> Path:
    """The right submission with the answers of the wrong specimen."""
    notebook = nbformat.read(right, as_version=4)
    for name, source in wrong_answers():
        [cell] = [cell for cell in notebook.cells if answers()[name] in cell.source]
        cell.source = cell.source.replace(answers()[name], source)
    (folder / "wrong").mkdir()
    nbformat.write(notebook, folder / "wrong" / NAME)
    return folder / "wrong" / NAME


def master_notebook() -> Any:
    """The notebook that an instructor hands to ``otter assign``."""
    cells = [_cell("raw", "# ASSIGNMENT CONFIG\n" + json.dumps(CONFIG))]
    blanks = dict(demo_cells({}))
    for name, source in demo_cells(answers()):
        given = not name or source == blanks[name]
        cells += [_cell("code", source)] if given else []
        cells += _question(name, [] if given else [_answer(source, blanks[name])]) if name else []
        if source.startswith("class Value:"):
            cells.append(_cell("code", (FIXTURES / "mended_backward.py").read_text(encoding="utf-8")))
    make: Callable[..., Any] = nbformat.v4.new_notebook
    kernel = {"display_name": "Python 3", "language": "python", "name": "python3"}
    return make(cells=cells, metadata={"kernelspec": kernel})


def _answer(solution: str, blank: str) -> Any:
    prompt = f'""" # BEGIN PROMPT\n{blank}\n"""; # END PROMPT'
    return _cell("code", f"# BEGIN SOLUTION NO PROMPT\n{solution}\n# END SOLUTION\n{prompt}")


def _question(name: str, answer: Sequence[Any]) -> list[Any]:
    tests = [_cell("code", test_cell(check)) for check in CHECKS if check.question == name]
    solution = _block("SOLUTION", answer) if answer else []
    config = json.dumps({"name": name})
    return [
        _cell("raw", f"# BEGIN QUESTION\n{config}"),
        *solution,
        *_block("TESTS", tests),
        _cell("raw", "# END QUESTION"),
    ]


def _block(kind: str, cells: Sequence[Any]) -> list[Any]:
    return [_cell("raw", f"# BEGIN {kind}"), *cells, _cell("raw", f"# END {kind}")]


def _cell(kind: str, source: str) -> Any:
    make: Callable[..., Any] = getattr(nbformat.v4, f"new_{kind}_cell")
    return make(source)
