"""Specimen submissions: small files that say what they are and what they must get.

A specimen is the skeleton with some answers replaced. Its file opens with comment lines, ``# what: …`` first, then
``# loses: …`` (the checks that earn nothing, separated by blanks, ``*`` for many), and where it applies
``# follows: …`` (those that must follow through, with ``=2/3`` after those that earn but a part; all others must pass),
``# names: …`` (the misconceptions that must be named; no others may) and ``# says: …`` (words that the report must
have). Cells follow, each under a marker: ``# %% mul`` replaces the answer cell of that name, ``# %% +`` appends a
cell after the answers, ``# %% -`` puts one before them. Answers that are not replaced are the solution's.

Where that is not enough, ``# %% notebook`` holds lines that change ``notebook``, and ``# %% files`` lines that put into
``folder`` what is handed in, in place of the notebook alone.
"""

from __future__ import annotations

import fnmatch
import json
import os
from collections.abc import Mapping
from copy import deepcopy
from dataclasses import dataclass, field
from fractions import Fraction
from functools import cache
from pathlib import Path
from typing import Any

from assigned import CHECKS

ROOT = Path(__file__).resolve().parents[2]
GALLERY = ROOT / "tests" / "gallery"
POINTS = {check.id: check.points for check in CHECKS}
ALL_IDS = frozenset(POINTS)

WHOLE = os.environ.get("GALLERY") == "whole"
"""Whether the tests go through the whole gallery (``GALLERY=whole``), or through a representative part of it."""

Notebook = dict[str, Any]
_SCRIPTS = ("notebook", "files")


@dataclass(frozen=True)
class Specimen:
    """A specimen as its file states it; ``cells`` pairs the name of an answer, ``+`` or ``-`` with a source."""

    name: str
    what: str
    loses: frozenset[str]
    names: frozenset[str]
    cells: tuple[tuple[str, str], ...]
    says: str = ""
    follows: Mapping[str, int] = field(default_factory=dict)
    """The points that each check earns that must follow through."""

    def __str__(self) -> str:
        return self.name

    @property
    def kind(self) -> str:
        """The gallery's folder: right, wrong, hostile, broken or intake."""
        return self.name.split("/")[0]

    @property
    def score(self) -> int:
        """The score that the specimen must get."""
        return sum(self.points.values())

    @property
    def points(self) -> dict[str, int]:
        """The points that each check must earn."""
        earned = {**dict.fromkeys(self.loses, 0), **self.follows}
        return {check.id: earned.get(check.id, check.points) for check in CHECKS}

    def notebook(self) -> Notebook:
        """The specimen as the notebook that a student would submit."""
        notebook = with_answers(*(cell for cell in self.cells if cell[0] not in _SCRIPTS))
        self._run("notebook", notebook=notebook)
        return notebook

    def hand_in(self, folder: Path) -> None:
        """Put what the student hands in into ``folder``."""
        if not self._run("files", notebook=self.notebook(), folder=folder, save=write):
            write(self.notebook(), folder / "autodiff.ipynb")

    def _run(self, kind: str, **names: Any) -> bool:
        scripts = [source for name, source in self.cells if name == kind]
        for source in scripts:
            exec(compile(source, f"{self.name}: {kind}", "exec"), {"json": json, **names})
        return bool(scripts)


def read_specimen(path: Path) -> Specimen:
    """Parse a specimen; raises ``ValueError`` that names the file and what is wrong with it."""
    head, *blocks = path.read_text(encoding="utf-8").split("\n# %% ")
    lines = [line.removeprefix("# ").split(": ", 1) for line in head.splitlines() if line.startswith("# ")]
    fields = {line[0]: line[1] for line in lines if len(line) == 2}
    if set(fields) - {"what", "loses", "follows", "names", "says"} or not {"what", "loses"} <= set(fields):
        raise ValueError(f"{path}: the head needs what and loses, and may have follows, names and says")
    patterns = [] if fields["loses"] == "nothing" else fields["loses"].split()
    loses = frozenset(id for pattern in patterns for id in _matching(pattern, path))
    follows: dict[str, int] = {}
    for word in fields.get("follows", "").split():
        pattern, _, share = word.partition("=")
        follows |= {id: int(POINTS[id] * Fraction(share or 1)) for id in _matching(pattern, path)}
    cells = tuple((block.split("\n", 1)[0].strip(), block.split("\n", 1)[1].strip("\n")) for block in blocks)
    name = f"{path.relative_to(GALLERY).parts[0]}/{path.stem}" if path.is_relative_to(GALLERY) else path.stem
    return Specimen(
        name, fields["what"], loses, frozenset(fields.get("names", "").split()), cells, fields.get("says", ""), follows
    )


def _matching(pattern: str, path: Path) -> list[str]:
    """The ids of checks that a pattern in the head of the file at ``path`` stands for."""
    if not (ids := fnmatch.filter(ALL_IDS, pattern)):
        raise ValueError(f"{path}: no check is called {pattern}")
    return ids


@cache
def _paths() -> dict[str, Path]:
    """Where each specimen lies, by its name: the folders within a kind, one a question, are no part of that."""
    found = {f"{path.relative_to(GALLERY).parts[0]}/{path.stem}": path for path in GALLERY.rglob("*.py")}
    return dict(sorted(found.items()))


def path_of(name: str) -> Path:
    """The file of the specimen that is called so, as in ``wrong/relu_no_mask``."""
    return _paths()[name]


@cache
def specimen_of(name: str) -> Specimen:
    """The specimen that is called so."""
    return read_specimen(path_of(name))


def specimens(*kinds: str) -> list[Specimen]:
    """The gallery's specimens of these kinds, in the order of their names."""
    return [specimen_of(name) for kind in kinds for name in _paths() if name.startswith(f"{kind}/")]


@cache
def _notebook(folder: str) -> str:
    return (ROOT / folder / "autodiff.ipynb").read_text(encoding="utf-8")


def skeleton() -> Notebook:
    """The blank notebook."""
    notebook: Notebook = json.loads(_notebook("assignment"))
    return notebook


def answer_name(cell: dict[str, Any]) -> str:
    """The name of the answer that a cell holds, or nothing."""
    tags = cell["metadata"].get("tags", [])
    return next((tag.removeprefix("answer:") for tag in tags if tag.startswith("answer:")), "")


@cache
def solution_answers() -> dict[str, str]:
    """The solution's answer cells by name."""
    cells = json.loads(_notebook("solutions"))["cells"]
    return {answer_name(cell): "".join(cell["source"]) for cell in cells if answer_name(cell)}


def with_answers(*cells: tuple[str, str]) -> Notebook:
    """The skeleton with the solution's answers, except where ``cells`` replaces or adds some."""
    answers = solution_answers() | {name: source for name, source in cells if name not in ("+", "-")}
    notebook = skeleton()
    for cell in notebook["cells"]:
        if answer_name(cell) in answers:
            cell["source"] = answers[answer_name(cell)]
    places = [k for k, cell in enumerate(notebook["cells"]) if answer_name(cell)]
    blank: dict[str, Any] = {"cell_type": "code", "metadata": {}, "execution_count": None, "outputs": []}
    after = [{**deepcopy(blank), "id": f"after-{k}", "source": s} for k, (n, s) in enumerate(cells) if n == "+"]
    before = [{**deepcopy(blank), "id": f"before-{k}", "source": s} for k, (n, s) in enumerate(cells) if n == "-"]
    notebook["cells"][places[-1] + 1 : places[-1] + 1] = after
    notebook["cells"][places[0] : places[0]] = before
    return notebook


def write(notebook: Notebook, path: Path) -> Path:
    """Write a notebook as a front end would, and return its path."""
    path.write_text(json.dumps(notebook, indent=1), encoding="utf-8")
    return path
