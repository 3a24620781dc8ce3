"""Opened alone, as in Colab, the notebook fetches its files where the course says where, or tells what to upload."""

from __future__ import annotations

import functools
import http.server
import re
import shutil
import subprocess
import sys
import threading
from collections.abc import Iterator
from pathlib import Path

import nbformat
import pytest
from nbclient import NotebookClient
from specimens import ROOT

from autograder.authoring import handout
from autograder.authoring.hosting import hosting
from autograder.authoring.source_file import read_source

SECONDS = 60
FETCHED = ("grader.py", "drawing.py", "data/boston_housing.csv")


def _setup_cell(url: str) -> str:
    cells = read_source(ROOT).cells
    hosting(url).fill_in(cells)
    [source] = [cell.source for cell in cells if "FILES_URL = " in cell.source]
    return str(source)


def _run(source: str, folder: Path) -> subprocess.CompletedProcess[str]:
    return subprocess.run([sys.executable, "-c", source], cwd=folder, capture_output=True, text=True, timeout=SECONDS)


@pytest.fixture(scope="module")
def web() -> Iterator[str]:
    """The release on a web server; the address of its folder."""

    class Quiet(http.server.SimpleHTTPRequestHandler):
        def log_message(self, format: str, *args: object) -> None:
            """Say nothing."""

    handler = functools.partial(Quiet, directory=str(ROOT / "assignment"))
    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        thread = threading.Thread(target=server.serve_forever)
        thread.start()
        yield f"http://127.0.0.1:{server.server_address[1]}"
        server.shutdown()
        thread.join()


def test_the_notebook_alone_fetches_what_it_needs(web: str, tmp_path: Path) -> None:
    done = _run(_setup_cell(web), tmp_path)
    assert (done.returncode, done.stdout, done.stderr) == (0, "", "")
    for name in FETCHED:
        assert (tmp_path / name).read_bytes() == (ROOT / "assignment" / name).read_bytes()
    assert _run("import grader, drawing\nprint(grader.check('mul').summary()[:6])", tmp_path).stdout == "Public\n"


def test_what_is_there_is_not_fetched(web: str, tmp_path: Path) -> None:
    (tmp_path / "grader.py").write_text("mine", encoding="utf-8")
    _run(_setup_cell(web), tmp_path)
    assert (tmp_path / "grader.py").read_text(encoding="utf-8") == "mine"


@pytest.mark.parametrize("folder", [None, "/nowhere"], ids=["not set", "not there"])
def test_what_cannot_be_fetched_is_named_in_one_sentence_with_its_place(
    web: str, tmp_path: Path, folder: str | None
) -> None:
    done = _run(_setup_cell("" if folder is None else web + folder), tmp_path)
    *_, last = done.stderr.splitlines()
    assert last == f"FileNotFoundError: Put {', '.join(FETCHED)} into {tmp_path}, then run this cell again."
    assert list(tmp_path.iterdir()) == []


def test_everything_that_the_notebook_needs_is_fetched_or_installed() -> None:
    others = {"README.md", "conftest.py", "test_autodiff.py", "autodiff.ipynb"}
    requirements = {"requirements.txt", "requirements-vscode.txt"}
    assert set(handout.RELEASED) == {*FETCHED, *others, *requirements}


def test_the_notebook_runs_with_exactly_the_files_that_the_readme_has_uploaded(released: Path, tmp_path: Path) -> None:
    """All of them in one folder, as Colab puts them."""
    readme = (released / "README.md").read_text(encoding="utf-8")
    [paragraph] = re.findall(r"(?m)^\*\*Colab\*\*(?:.+\n)+", readme)
    notebook, *uploaded, folder = re.findall(r"`([^`]+)`", paragraph)
    assert (len(uploaded), folder) == (3, "data")
    for name in (notebook, *uploaded):
        [file] = released.rglob(name)
        shutil.copy(file, tmp_path)
    opened = nbformat.read(tmp_path / notebook, as_version=4)
    NotebookClient(opened, timeout=SECONDS, extra_arguments=["--log-level=ERROR"]).execute(cwd=str(tmp_path))
    assert not [output for cell in opened.cells for output in cell.get("outputs", []) if output.get("name") == "stderr"]
    assert {path.name for path in tmp_path.iterdir() if path.is_file()} == {notebook, *uploaded}
