"""Intake on generated files: never anything but a submission or a refusal."""

from __future__ import annotations

import json
import zipfile
from io import BytesIO
from pathlib import Path
from typing import Any

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from autograder.literals import CHOICES, EVIDENCE, read_answers
from autograder.notebookfile import _without_outputs
from autograder.records import Submission
from autograder.submission import Refused, read_submission

BOUNDED = settings(
    max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow]
)
ROOT = Path(__file__).resolve().parent.parent
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
    choices, evidence = read_answers(cells)
    assert all(letter in tuple("ABCDE") or letter.startswith("not a letter") for letter in choices.values())
    assert all(isinstance(value, float) or str(value).startswith("not a number") for value in evidence.values())


@BOUNDED
@given(value=JSON, outputs=st.lists(JSON, max_size=4), spaced=st.booleans())
def test_cutting_outputs_changes_nothing_else(value: Any, outputs: list[Any], spaced: bool) -> None:
    def text(outputs: list[Any]) -> str:
        return json.dumps([{"a": value, "outputs": outputs, "b": value}], indent=1 if spaced else None)

    cut = json.loads(_without_outputs(text(outputs).encode()))
    assert repr(cut) == repr(json.loads(text([])))
