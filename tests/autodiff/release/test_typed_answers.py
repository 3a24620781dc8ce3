"""The self-check reads what is typed as the grader reads it, in the notebook and in a terminal."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest
from assigned import CHECKS, read_submission
from notebooks_by_hand import code, markdown, notebook
from specimens import Specimen, skeleton, specimens, write

from autograder.grading.evidence import grade_answers

TYPED = {"evidence", "choice_1", "choice_2", "notebook", "+", "-"}
ANSWERED = [one for one in specimens("right", "wrong", "broken") if TYPED & {name for name, _ in one.cells}]
PUBLIC = "test_vs_train.evidence_readable"


def opened(saved: Mapping[str, Any], run: Any = None) -> dict[str, Any]:
    """What a notebook knows in which the code cells were run in their order, or these."""
    cells = [cell for cell in saved["cells"] if cell["cell_type"] == "code"] if run is None else run
    return {"In": ["", *("".join(cell["source"]) for cell in cells)]}


@pytest.mark.parametrize("specimen", ANSWERED, ids=str)
def test_what_the_grader_reads_the_self_check_reads(
    specimen: Specimen, tmp_path: Path, self_check: ModuleType, monkeypatch: pytest.MonkeyPatch
) -> None:
    saved = specimen.notebook()
    path = write(saved, tmp_path / "autodiff.ipynb")
    monkeypatch.setattr(self_check, "NOTEBOOK", path)
    read = read_submission(path)
    passed = grade_answers(read, CHECKS)[PUBLIC].outcome == "passed"
    for names in (opened(saved), {"In": self_check._saved_in(path).code}):
        assert self_check._typed(names) == (read.choices, read.evidence)
        [outcome] = self_check.check_in(names, "test_vs_train").outcomes
        assert (outcome.state == "passed") == passed


def test_the_specimens_of_answers_are_many() -> None:
    assert len(ANSWERED) > 100


@pytest.fixture
def saved_as(self_check: ModuleType, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Any:
    """A function that saves a notebook of these cells beside the self-check."""
    path = tmp_path / "autodiff.ipynb"
    monkeypatch.setattr(self_check, "NOTEBOOK", path)
    return lambda *cells: path.write_text(json.dumps(notebook(*cells)), encoding="utf-8")


def choice(self_check: ModuleType, *run: str) -> Any:
    return self_check._typed(opened({}, [code(source) for source in run]))[0].get("choice_1")


def test_an_older_version_of_a_cell_that_was_run_again_does_not_count(self_check: ModuleType, saved_as: Any) -> None:
    run = ('choice_1 = "A"', "choice_1 = pick()", "print(choice_1)")
    saved_as(code(run[1]), code(run[2]))
    assert choice(self_check, *run).startswith("not a letter")
    saved_as(*map(code, run))
    assert choice(self_check, *run) == "A"


def test_what_was_run_and_not_yet_saved_counts(self_check: ModuleType, saved_as: Any) -> None:
    saved_as(code('choice_1 = "A"'))
    assert choice(self_check, 'choice_1 = "A"', 'choice_1 = "B"', "choice_1") == "B"
    assert choice(self_check, 'choice_1 = "A"', "choice_1 = ...") == "A"
    saved_as(code("choice_1 = ..."))
    assert choice(self_check, 'choice_1 = "A"', "choice_1 = ...") is None
    assert choice(self_check) is None


def test_cells_count_in_the_order_of_the_notebook_however_they_were_run(self_check: ModuleType, saved_as: Any) -> None:
    cells = ('choice_1 = "A"', 'mine = "B"', "choice_1 = mine")
    saved_as(*map(code, cells))
    assert choice(self_check, *reversed(cells)) == "B"
    saved_as(code(cells[0]), code(cells[2]))
    assert choice(self_check, *reversed(cells)) == "B"  # one of them is not saved yet


@pytest.mark.parametrize("content", [b"", b"[]", b'{"cells": [{}]}', b'{"cells": 3}', b"\xff"])
def test_a_notebook_that_cannot_be_read_leaves_what_was_run(
    self_check: ModuleType, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, content: bytes
) -> None:
    monkeypatch.setattr(self_check, "NOTEBOOK", tmp_path / "autodiff.ipynb")
    assert choice(self_check, 'choice_1 = "B"') == "B"  # there is none
    self_check.NOTEBOOK.write_bytes(content)
    assert choice(self_check, 'choice_1 = "B"') == "B"


def test_a_cell_that_became_text_is_told_in_the_notebook(self_check: ModuleType, saved_as: Any) -> None:
    saved_as(markdown("choice_1 = 'B'", "answer:choice_1"))
    assert choice(self_check) == "B"
    text = repr(self_check.check("test_vs_train"))
    assert "– The cell of choice_1 is no code cell any more, but a markdown cell. It is read all the same." in text
    assert "choice_1 = 'B' is recorded" in text


def test_a_cell_that_became_text_is_run_and_told_in_a_terminal(
    self_check: ModuleType, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    saved = skeleton()
    [relu] = [cell for cell in saved["cells"] if "answer:relu" in cell["metadata"].get("tags", [])]
    relu["cell_type"] = "raw"
    assert "relu" in self_check.load_notebook(write(saved, tmp_path / "autodiff.ipynb"))
    assert capsys.readouterr().out.startswith("The cell of relu is no code cell any more, but a raw cell.")
