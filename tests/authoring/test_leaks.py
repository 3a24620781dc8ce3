"""The leak check: every secret is caught in every encoding, and the real release is clean."""

from __future__ import annotations

import base64
import codecs
import gzip
import hashlib
import html
import io
import json
import shutil
import zipfile
import zlib
from collections.abc import Callable
from pathlib import Path
from urllib.parse import quote

import pytest
from assigned import CHECKS
from specimens import ROOT

from autograder.authoring import handout, leaks

SECRETS = {
    "a line of a solution": "        self.grad += other.data * out.grad",
    "a solution in other layout": "out = Value(\n    max( 0,self . data ),\n    (self, )\n)",
    "the id of a hidden check": "mul.shared_graph",
    "the title of a hidden check": next(check.title for check in CHECKS if check.id == "pow.chained"),
    "a probe of hidden checks only": "product_independent",
    "the key": 'choice_1 = "D"',
    "the key as data": '{"choice_2": "B"}',
    "the evidence": "the answer is 522.5 or so",
    "the evidence in more digits": "test_loss 106.663",
    "a loss of the training": "epoch 3: 132.0090",
}

ENCODINGS: dict[str, Callable[[str], bytes]] = {
    "plain": lambda text: text.encode(),
    "base64": lambda text: b"x = '" + base64.b64encode(text.encode()) + b"'",
    "URL-safe base64": lambda text: base64.urlsafe_b64encode(b"?>~" + text.encode()),
    "base64 in lines": lambda text: base64.encodebytes(
        b"Some words before it, to fill the first line of 76: " + text.encode()
    ),
    "base64 after other letters": lambda text: b"prefix" + base64.b64encode(text.encode()),
    "base32": lambda text: base64.b32encode(text.encode()),
    "base85": lambda text: base64.b85encode(text.encode()),
    "hexadecimal": lambda text: text.encode().hex().encode(),
    "spaced hexadecimal": lambda text: text.encode().hex(" ").encode(),
    "character codes": lambda text: str(list(text.encode())).encode(),
    "rot13": lambda text: codecs.encode(text, "rot13").encode(),
    "reversed": lambda text: text[::-1].encode(),
    "URL encoding": lambda text: "".join(f"%{byte:02x}" for byte in text.encode()).encode(),
    "partial URL encoding": lambda text: quote(text).encode(),
    "HTML entities": lambda text: "".join(f"&#{ord(letter)};" for letter in text).encode(),
    "escaped HTML": lambda text: html.escape(text).encode(),
    "hexadecimal escapes": lambda text: "".join(f"\\x{byte:02x}" for byte in text.encode()).encode(),
    "JSON escapes": lambda text: "".join(f"\\u{ord(letter):04x}" for letter in text).encode(),
    "JSON in JSON": lambda text: json.dumps({"a": [json.dumps({"b": text})]}).encode(),
    "UTF-16": lambda text: text.encode("utf-16"),
    "UTF-16 without a mark": lambda text: text.encode("utf-16-be"),
    "zlib": lambda text: zlib.compress(text.encode()),
    "gzip": lambda text: gzip.compress(text.encode()),
    "zlib in base64": lambda text: base64.b64encode(zlib.compress(text.encode())),
    "base64 twice": lambda text: base64.b64encode(base64.b64encode(text.encode())),
    "zip in zip": lambda text: zipped(zipped(text.encode())),
    "SVG in a data URI": lambda text: svg_image(f"<svg><text>{html.escape(text)}</text></svg>"),
}


def zipped(data: bytes) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("inner", data)
    return buffer.getvalue()


def svg_image(svg: str) -> bytes:
    return f'<img src="data:image/svg+xml;base64,{base64.b64encode(svg.encode()).decode()}" alt="">'.encode()


def hidden(text: str) -> str:
    return base64.b64encode(text.encode()).decode()


@pytest.fixture(scope="module")
def secrets() -> leaks.Secrets:
    """What the sources say is secret."""
    return leaks.secrets(ROOT)


@pytest.fixture
def released(tmp_path: Path) -> Path:
    """A throw-away copy of the release."""
    return Path(
        shutil.copytree(ROOT / "assignment", tmp_path / "assignment", ignore=shutil.ignore_patterns("__pycache__"))
    )


@pytest.mark.parametrize("encoding", ENCODINGS)
@pytest.mark.parametrize("secret", SECRETS)
def test_every_secret_is_caught_in_every_encoding(secrets: leaks.Secrets, secret: str, encoding: str) -> None:
    data = ENCODINGS[encoding](SECRETS[secret])
    assert leaks.find(secrets, b"Harmless words.\n" + data if not data.startswith((b"\xff", b"\0")) else data)


@pytest.mark.parametrize(
    "harmless",
    [
        "The loss falls from about 500 to about 100; options A to E; D is not B.",
        'choice_1 = ...\nType one letter, for example choice_1 = "A".',
        "other = other if isinstance(other, Value) else Value(other)",
        "self.grad += out.grad",
        "numpy>=1.22, version 93.46, 1e-6, 404 houses",
        '<svg viewBox="0 0 522.5 106.7"><path d="M93.4,497.7 L522.5 10"/></svg>',
    ],
)
def test_what_students_may_see_is_not_taken_for_a_secret(secrets: leaks.Secrets, harmless: str) -> None:
    assert leaks.find(secrets, harmless.encode()) == []


@pytest.mark.long
def test_the_release_is_clean(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    handout.release(ROOT, tmp_path / "student.zip")
    leaks.check(ROOT / "assignment")
    searched = frozenset(
        hashlib.sha256((ROOT / "assignment" / name).read_bytes()).hexdigest() for name in handout.RELEASED
    )
    monkeypatch.setattr(leaks, "_innocent", lambda: searched)
    leaks.check(tmp_path / "student.zip")  # the same bytes are not searched again


def test_a_secret_anywhere_in_the_notebook_is_caught(secrets: leaks.Secrets) -> None:
    notebook = json.loads((ROOT / "assignment" / "autodiff.ipynb").read_text(encoding="utf-8"))
    del notebook["cells"][:-5]  # all of them are searched above
    source, output = hidden("self.grad += other.data * out.grad"), hidden("out = Value(self.data**exponent, (self,))")
    cell = notebook["cells"][-1]
    notebook["metadata"]["x"] = hidden("mul.shared_graph")
    cell["metadata"]["x"] = hidden("relu.used_twice")
    cell["outputs"] = [{"output_type": "stream", "name": "stdout", "text": [output[:10], output[10:]]}]
    cell["attachments"] = {"x.png": {"image/png": hidden("if self.data > 0: self.grad += out.grad")}}
    cell["source"] = [*cell["source"], "\n# ", source]
    found = dict(finding.split(" (hidden by ") for finding in leaks.find(secrets, json.dumps(notebook).encode()))
    assert sorted(found) == [
        "the hidden check mul.shared_graph",
        "the hidden check relu.used_twice",
        "the solution of answer:mul",
        "the solution of answer:pow",
        "the solution of answer:relu",
    ]
    assert all("base64" in layers for layers in found.values())


def test_a_secret_in_any_released_file_fails_the_build(released: Path) -> None:
    for name in handout.RELEASED:  # the data too: once changed, it is searched like any other file
        beginning = (released / name).read_text(encoding="utf-8")[:1000]  # a whole one is searched above
        (released / name).write_text(f"{beginning}\n# product_independent\n", encoding="utf-8")
    with pytest.raises(leaks.LeakError) as caught:
        leaks.check(released)
    for name in handout.RELEASED:
        assert f"{name}: the hidden check mul.independent_nodes" in str(caught.value)


def test_the_solution_itself_is_full_of_secrets(secrets: leaks.Secrets) -> None:
    notebook = json.loads((ROOT / "solutions" / "autodiff.ipynb").read_text(encoding="utf-8"))
    answers = [cell for cell in notebook["cells"] if cell["metadata"].get("tags")]  # the rest is released
    found = leaks.find(secrets, json.dumps({**notebook, "cells": answers}).encode())
    for name in ("mul", "pow", "relu", "evidence", "choice_1", "choice_2", "explain_1", "explain_2"):
        assert any(finding.startswith(f"the solution of answer:{name}") for finding in found), name
