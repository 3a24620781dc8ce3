"""The solution, built and executed once a run of the tests, with the numbers that its variables hold in the end."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any, TypeVar

import nbformat
import pytest
from made_once import made_once
from specimens import ROOT

from autograder.authoring import build, source_file

_Test = TypeVar("_Test", bound=Callable[..., object])

KEPT = (
    *("train_losses", "test_losses", "array_losses", "scaled_losses", "predicted", "baseline"),
    *("train_before", "test_before", "train_after", "test_after", "choice_1", "choice_2"),
    *("x_train", "y_train", "x_test", "y_test", "z_train", "z_test"),
)
"""Variables of the notebook that are kept as they are, arrays as lists."""
NETWORKS = ("network", "scaled")
"""Variables of the notebook of which the parameters are kept."""

LAST_CELL = f"""
import json

kept = {{name: globals()[name] for name in {KEPT}}}
kept |= {{name: [parameter.data for parameter in globals()[name].parameters] for name in {NETWORKS}}}
print(json.dumps(kept, default=np.ndarray.tolist, indent=0))  # nbclient takes the square of a line's length
"""


def of_the_run(test: _Test) -> _Test:
    """Mark a test that needs the executed solution: one process begins with all of them, and no other waits for it."""
    marked: _Test = pytest.mark.long(pytest.mark.xdist_group("executed")(test))
    return marked


def executed_solution(factory: pytest.TempPathFactory) -> tuple[source_file.Notebook, dict[str, Any]]:
    """The executed notebook, and the values of ``KEPT`` and ``NETWORKS`` by name: some 40 s where it is the first."""
    path = made_once(factory, "executed", _execute) / build.NAME
    notebook = nbformat.read(path, as_version=4)
    [printed] = notebook.cells.pop().outputs
    return notebook, json.loads(printed.text)


def _execute(folder: Path) -> None:
    solution = build.solution_notebook(ROOT)
    solution.cells.append(nbformat.v4.new_code_cell(LAST_CELL))
    build.execute(solution, ROOT / "assignment")
    (folder / build.NAME).write_text(build.as_text(solution), encoding="utf-8")
