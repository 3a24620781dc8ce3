"""Which modules a submission finds imported."""

from __future__ import annotations

import subprocess
import sys

import pytest
from assigned import definitions

from autograder.wire import preload

OTHERS = preload._OTHERS.split()
PARTS = preload._PARTS_OF_NUMPY.split()


@pytest.mark.parametrize(
    ("cells", "names"),
    [
        ([], []),
        (["import decimal as d"], ["decimal"]),
        (["x = 1", "from csv import a, heapq"], ["csv", "heapq", "csv.a", "csv.heapq"]),
        (["decimals, my_json = 1, 2"], []),
        (["__import__('urllib.parse')"], ["urllib.parse"]),
        (["np.linalg.norm(x)"], ["numpy", "numpy.linalg"]),
        (["import numpy as n; n.fft.fft"], ["numpy", "numpy.fft"]),
        (["random.seed(1); linalg = 2"], []),
        (["import pandas, autograder.assignment, antigravity"], []),
        (["import colorsys as c"], ["colorsys"]),
        (["from concurrent.futures import wait"], ["concurrent.futures", "concurrent.futures.wait"]),
        (["def broken(: import json"], ["json"]),
    ],
)
def test_what_a_text_mentions_is_imported_beforehand(cells: list[str], names: list[str]) -> None:
    assert preload.mentioned(cells, "") == names


@pytest.mark.parametrize("star", ["from numpy import *", "from  numpy  import  (*)"])
def test_a_star_mentions_all_of_numpy(star: str) -> None:
    assert preload.mentioned([star], "") == ["numpy", *(f"numpy.{part}" for part in PARTS)]
    assert preload.mentioned(["from math import *"], "") == ["math"]


def test_what_the_provided_cells_import_is_there_too() -> None:
    text = "import csv\nfrom pathlib import Path\ndef load():\n    import zlib\n    np.random.RandomState(113)"
    assert preload.mentioned([], text) == ["csv", "pathlib"]
    assert "csv" in preload.mentioned([], definitions())


def test_all_of_the_modules_exist() -> None:
    names = {name.partition(".")[0] for name in (*preload._USUAL.split(), *OTHERS)}
    assert names <= sys.stdlib_module_names


def test_no_part_of_numpy_is_forgotten() -> None:
    program = (
        "import sys, numpy; before = set(sys.modules); exec('from numpy import *', {});"
        "print(*{name.split('.')[1] for name in set(sys.modules) - before if name.startswith('numpy.')})"
    )
    run = subprocess.run([sys.executable, "-I", "-c", program], capture_output=True, text=True, check=True, timeout=60)
    imported_late = {name for name in run.stdout.split() if not name.startswith("_")}
    assert imported_late <= set(PARTS)


def test_the_parser_finds_what_it_imports_itself() -> None:
    """For names in other letters, and for ``\\N{...}``, whatever the text mentions."""
    assert "unicodedata" in preload._USUAL.split()
