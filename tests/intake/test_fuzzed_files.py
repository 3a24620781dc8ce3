"""Intake on generated files: never anything but a submission or a refusal."""

from __future__ import annotations

import json
import re
import zipfile
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from assigned import CHOICES, EVIDENCE, MANIFEST, read_submission
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from specimens import ROOT

from autograder.intake import json_reader
from autograder.intake.json_reader import JsonReader
from autograder.intake.notebook_file import Cell, _cleaned, read_notebook
from autograder.intake.submission import Refused
from autograder.vocabulary import Submission
from autograder.wire.answers import read_answers

BOUNDED = settings(
    max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow]
)
SOLUTION = (ROOT / "solutions" / "autodiff.ipynb").read_bytes()

JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=5), inner, max_size=4),
    max_leaves=12,
)
SOURCES = st.text() | st.lists(st.text()) | JSON
NAMES = st.sampled_from([*CHOICES, *EVIDENCE, "x"])
ANSWERS = st.builds(
    "{} = {}".format, NAMES, st.sampled_from(["'D'", "12.5", "1 / 0", "(", "f(x)", "...", "'''"]) | st.text()
)
CELLS = st.fixed_dictionaries(
    {},
    optional={
        "cell_type": st.sampled_from(["code", "markdown", "raw"]) | JSON,
        "source": ANSWERS | SOURCES,
        "input": SOURCES,
        "metadata": st.fixed_dictionaries({"tags": st.lists(st.just("answer:explain_1") | JSON, max_size=2)}) | JSON,
        "outputs": JSON,
    },
)
NOTEBOOKS = st.fixed_dictionaries(
    {}, optional={"nbformat": JSON, "cells": st.lists(CELLS | JSON, max_size=5) | JSON, "worksheets": JSON}
)


def intake(path: Path, content: bytes) -> None:
    """Read a file; what comes back must hold together and be ready for JSON and UTF-8."""
    path.write_bytes(content)
    try:
        submission = read_submission(path)
    except Refused as refusal:
        assert str(refusal).endswith(".")
        return
    assert isinstance(submission, Submission)
    assert all(isinstance(cell, str) and cell.strip() and "\0" not in cell for cell in submission.cells)
    assert set(submission.choices) <= set(CHOICES) and set(submission.evidence) <= set(EVIDENCE)
    json.dumps(vars(submission), allow_nan=False, ensure_ascii=False).encode()


@BOUNDED
@given(data=st.binary(max_size=300), name=st.sampled_from(["a.ipynb", "a.py", "a.zip"]))
def test_any_bytes(tmp_path: Path, data: bytes, name: str) -> None:
    intake(tmp_path / name, data)


@BOUNDED
@given(notebook=NOTEBOOKS, encoding=st.sampled_from(["utf-8", "utf-16", "utf-8-sig", "latin-1"]), escaped=st.booleans())
def test_any_structure_in_any_encoding(tmp_path: Path, notebook: Any, encoding: str, escaped: bool) -> None:
    text = json.dumps(notebook, ensure_ascii=escaped)
    intake(tmp_path / "a.ipynb", text.encode(encoding, "replace"))


@BOUNDED
@given(at=st.integers(0, len(SOLUTION)), dropped=st.integers(0, 50), added=st.binary(max_size=8))
def test_a_real_notebook_with_a_damaged_place(tmp_path: Path, at: int, dropped: int, added: bytes) -> None:
    intake(tmp_path / "a.ipynb", SOLUTION[:at] + added + SOLUTION[at + dropped :])


@BOUNDED
@given(at=st.integers(0, 10_000), flipped=st.binary(min_size=1, max_size=8))
def test_a_zip_with_a_damaged_place(tmp_path: Path, at: int, flipped: bytes) -> None:
    buffer = BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as made:
        made.writestr("a.ipynb", SOLUTION[:3000])
    data = bytearray(buffer.getvalue())
    at %= len(data)
    data[at : at + len(flipped)] = flipped
    intake(tmp_path / "a.zip", bytes(data))


@BOUNDED
@given(cells=st.lists(ANSWERS | st.text(), max_size=4))
def test_any_code_gives_letters_numbers_or_words(cells: list[str]) -> None:
    choices, evidence = read_answers(cells, MANIFEST.named("letter"), MANIFEST.named("number"))
    assert all(
        letter in tuple("ABCDE") or letter.startswith(("not a letter", "several letters"))
        for letter in choices.values()
    )
    assert all(isinstance(value, float) or str(value).startswith("not a number") for value in evidence.values())


def told_by_json(notebook: Any) -> list[Cell] | None:
    """The cells as ``json.loads`` gives them: a second witness for the reader that never builds the rest."""
    if not isinstance(notebook, dict):
        return None
    if isinstance(notebook.get("cells"), list):
        raw = notebook["cells"]
    elif isinstance(notebook.get("worksheets"), list):
        sheets = [sheet.get("cells") for sheet in notebook["worksheets"] if isinstance(sheet, dict)]
        raw = [cell for sheet in sheets if isinstance(sheet, list) for cell in sheet]
    else:
        return None
    cells = (_told_cell(cell) for cell in raw if isinstance(cell, dict))
    return [cell for cell in cells if cell and _counts(cell) and cell.source.strip()]


def _counts(cell: Cell) -> bool:
    is_answer = any(re.fullmatch(r"answer:\w+", tag) for tag in cell.tags)
    return cell.kind in ("code", "markdown") or (cell.kind == "raw" and is_answer)


def _told_cell(raw: dict[str, Any]) -> Cell | None:
    source = raw.get("source", raw.get("input"))
    if isinstance(source, list) and all(isinstance(line, str) for line in source):
        source = "".join(source)
    if not isinstance(source, str) or not isinstance(raw.get("cell_type"), str):
        return None
    tags = raw["metadata"].get("tags") if isinstance(raw.get("metadata"), dict) else None
    names = [tag for tag in tags if isinstance(tag, str)] if isinstance(tags, list) else []
    return Cell(raw["cell_type"], _cleaned(source).rstrip(), frozenset(names))


@BOUNDED
@given(notebook=NOTEBOOKS, escaped=st.booleans(), spaced=st.booleans())
def test_every_notebook_gives_what_json_gives(notebook: Any, escaped: bool, spaced: bool) -> None:
    text = json.dumps(notebook, ensure_ascii=escaped, indent=1 if spaced else None)
    try:
        cells: list[Cell] | None = read_notebook(text.encode("utf-8", "surrogatepass"))[0]
    except Refused as refusal:
        assert "no list of cells" in str(refusal)
        cells = None
    assert cells == told_by_json(json.loads(text))


@BOUNDED
@given(value=JSON, spaced=st.booleans(), small=st.integers(2, 20), largest=st.integers(1, 3))
def test_any_value_is_passed_over_whole(value: Any, spaced: bool, small: int, largest: int) -> None:
    text = json.dumps([value, "next"], indent=1 if spaced else None)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(json_reader, "FIRST_BLOCK", small)
        patch.setattr(json_reader, "LARGEST_BLOCK", small * largest)
        reader = JsonReader(text.encode())
        values = reader.elements()
        next(values)
        reader.skip()
        next(values)
        assert reader.text(100) == "next"
        assert next(values, "end") == "end"
        reader.finish()
