"""Bare programs that train: the notebook's own cells, the demo's, and the same arithmetic in NumPy.

Each is run as ``python -I`` beside the data and prints its losses as JSON, so that what was timed is known to be right.
"""

from __future__ import annotations

import ast
import json
from collections.abc import Mapping
from functools import cache
from pathlib import Path

from assigned import OPERATORS
from specimens import ROOT, solution_answers

FIXTURES = Path(__file__).resolve().parent / "fixtures"
DATA_FOLDER = ROOT / "assignment"
"""Where the programs run: they look for ``data/boston_housing.csv``."""

_OF_THE_PAGE = {"grader", "matplotlib", "drawing", "IPython"}
"""Modules for what one sees in the notebook; training needs none of them."""
_NO_VIEW = """
class TrainingView:
    def __init__(self, *_): pass
    def houses(self, houses): return iter(houses)
    def show(self, *_): pass
"""
_PRINT = "\nimport json\nprint(json.dumps([float(loss) for loss in train_losses]))\n"
_NUMPY = """
layers, test_losses = as_arrays(build_network()), []
train_losses = []
for _ in range(10):
    train_losses.append(step(layers, x_train, y_train, 1e-4))
    test_losses.append(((forward(layers, x_test)[-1][:, 0] - y_test) ** 2).mean())
"""


@cache
def _solution_cells() -> tuple[str, ...]:
    notebook = json.loads((ROOT / "solutions" / "autodiff.ipynb").read_text(encoding="utf-8"))
    return tuple("".join(cell["source"]) for cell in notebook["cells"] if cell["cell_type"] == "code")


@cache
def definitions() -> str:
    """What the notebook defines, and the data; nothing that draws."""
    nodes = [node for source in _solution_cells() for node in ast.parse(source).body]
    return "\n".join(ast.unparse(node) for node in nodes if _is_wanted(node))


def _is_wanted(node: ast.stmt) -> bool:
    if isinstance(node, ast.Import | ast.ImportFrom):
        module = node.module or "" if isinstance(node, ast.ImportFrom) else node.names[0].name
        return module.split(".")[0] not in _OF_THE_PAGE
    if isinstance(node, ast.FunctionDef | ast.ClassDef):
        return True
    source = ast.unparse(node)
    return source.startswith(("setattr(Value", "FEATURES = ")) or source.endswith("= load_data()")


def notebook() -> str:
    """The notebook's ten epochs: its training cell as it stands, without the progress bar."""
    [cell] = [source for source in _solution_cells() if "view = TrainingView(" in source]
    return definitions() + _NO_VIEW + cell + _PRINT


def numpy() -> str:
    """The same ten epochs with one matrix product a layer, by the functions of the notebook's last section."""
    return definitions() + _NUMPY + _PRINT


def demo() -> str:
    """The demo's ten epochs."""
    return "\n\n".join(source for _, source in demo_cells(answers())) + _PRINT


def answers() -> dict[str, str]:
    """The solution's answers by the name of their question."""
    written = solution_answers()
    parts = [written[name] for name in ("evidence", "choice_1", "choice_2")]
    return {**{name: written[name] for name in OPERATORS}, "test_vs_train": "\n".join(parts)}


def demo_cells(filled_in: Mapping[str, str]) -> list[tuple[str, str]]:
    """The cells of the demo by question (empty where there is none), with ``filled_in`` in place of blanks."""
    _, *blocks = (FIXTURES / "demo.py").read_text(encoding="utf-8").split("\n# %%")
    cells = [(head.strip(), body.strip("\n")) for head, _, body in (block.partition("\n") for block in blocks)]
    return [(name, filled_in.get(name, source)) for name, source in cells]
