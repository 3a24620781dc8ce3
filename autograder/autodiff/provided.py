"""The parts of the assignment that every student gets: the houses, and the notebook's own cells."""

from __future__ import annotations

import csv
import json
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from autograder.autodiff.sealed.numpy_training import Matrix

_INSTALLED = Path(__file__).resolve().parent / "assignment"
ASSIGNMENT = _INSTALLED if _INSTALLED.is_dir() else Path(__file__).resolve().parents[2] / "assignment"
"""Folder of notebook and data: in an installed package it is inside the package, else beside it."""
DATA = "data/boston_housing.csv"
SPLIT_SEED = 113
TRAINING_SHARE = 0.8
"""Share of the houses that is for training, as in ``keras.datasets.boston_housing``."""


@lru_cache(maxsize=1)
def _training_rows() -> Matrix:
    import numpy as np  # imported late, because most submissions are judged without any training

    with (ASSIGNMENT / DATA).open(newline="", encoding="utf-8") as file:
        rows = np.array([[float(field) for field in row] for row in list(csv.reader(file))[1:]])
    order = np.arange(len(rows))
    np.random.RandomState(SPLIT_SEED).shuffle(order)
    training: Matrix = rows[order[: int(len(rows) * TRAINING_SHARE)]]
    return training


def training_houses(first: int, count: int) -> tuple[Matrix, Matrix]:
    """Return ``count`` training houses from number ``first`` on.

    They are features (count × 13), and prices in thousands of dollars.
    """
    rows = _training_rows()[first : first + count]
    return rows[:, :-1], rows[:, -1]


@lru_cache(maxsize=1)
def cells() -> tuple[str, ...]:
    """Return the sources of the skeleton's code cells that hold no answer."""
    notebook = json.loads((ASSIGNMENT / "autodiff.ipynb").read_text(encoding="utf-8"))
    return tuple(
        "".join(cell["source"])
        for cell in notebook["cells"]
        if cell["cell_type"] == "code"
        and not any(tag.startswith("answer:") for tag in cell["metadata"].get("tags", ()))
    )
