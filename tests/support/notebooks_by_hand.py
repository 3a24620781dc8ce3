"""Notebooks and zips of a few cells, made by hand, and what intake makes of them."""

from __future__ import annotations

import io
import json
import zipfile
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest
from assigned import read_submission

from autograder.intake.submission import Refused
from autograder.vocabulary import Submission

MUL = "def __mul__(self, other):\n    return Value(self.data * other.data)"


def code(source: Any, *tags: str, **fields: Any) -> dict[str, Any]:
    return {"cell_type": "code", "source": source, "metadata": {"tags": list(tags)}, "outputs": [], **fields}


def notebook(*cells: Any, **fields: Any) -> dict[str, Any]:
    return {"nbformat": 4, "nbformat_minor": 5, "metadata": {}, "cells": list(cells), **fields}


def save(path: Path, content: Any) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content if isinstance(content, bytes) else json.dumps(content).encode())
    return path


def intake(folder: Path, content: Any, name: str = "autodiff.ipynb") -> Submission:
    return read_submission(save(folder / name, content))


def refusal(path: Path) -> str:
    with pytest.raises(Refused) as caught:
        read_submission(path)
    return str(caught.value)


def zipped(files: Mapping[str, bytes]) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as made:
        for name, content in files.items():
            made.writestr(name, content)
    return buffer.getvalue()


ANSWERED = json.dumps(notebook(code(MUL), code("choice_1 = 'B'"))).encode()


STUB = 'def __mul__(self, other):\n    raise NotImplementedError("Question mul: write the product")'
BLANK = json.dumps(notebook(code(STUB), code("choice_1 = ..."))).encode()


def markdown(source: str, *tags: str) -> dict[str, Any]:
    return {"cell_type": "markdown", "source": source, "metadata": {"tags": list(tags)}}


PLACEHOLDER = "**Your explanation:**\n\n*Replace this line by one or two sentences.*"


def choice(source: str, folder: Path) -> str | None:
    return intake(folder, notebook(code(source))).choices.get("choice_1")
