"""One setting, ``RELEASE``, lets the notebook be opened alone: the link on top, and the files that it fetches."""

from __future__ import annotations

import functools
import http.server
import subprocess
import sys
import threading
from collections.abc import Iterator
from pathlib import Path

import nbformat
import pytest
from specimens import ROOT

from autograder.authoring import handout, source_file

SECONDS = 60
FETCHED = ("grader.py", "drawing.py", "data/boston_housing.csv")


def _setup_cell(release: str) -> str:
    cells = source_file.read_source(ROOT).cells
    [source] = [cell.source for cell in cells if "RELEASE = " in cell.source]
    assert 'RELEASE = ""' in source
    return str(source).replace('RELEASE = ""', f"RELEASE = {release!r}")


def _run(source: str, folder: Path) -> str:
    command = [sys.executable, "-c", source]
    done = subprocess.run(command, cwd=folder, capture_output=True, text=True, timeout=SECONDS, check=True)
    return done.stdout


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
    assert _run(_setup_cell(web), tmp_path) == ""
    for name in FETCHED:
        assert (tmp_path / name).read_bytes() == (ROOT / "assignment" / name).read_bytes()
    assert _run("import grader, drawing\nprint(grader.check('mul').summary()[:6])", tmp_path) == "Public\n"


def test_what_is_there_is_not_fetched(web: str, tmp_path: Path) -> None:
    (tmp_path / "grader.py").write_text("mine", encoding="utf-8")
    _run(_setup_cell(web), tmp_path)
    assert (tmp_path / "grader.py").read_text(encoding="utf-8") == "mine"


def test_without_the_setting_what_is_missing_is_named_and_nothing_is_fetched(tmp_path: Path) -> None:
    printed = _run(_setup_cell(""), tmp_path)
    assert [line.split()[0] for line in printed.splitlines()] == list(FETCHED)
    assert str(tmp_path) in printed
    assert list(tmp_path.iterdir()) == []


def test_everything_that_the_notebook_needs_is_fetched_or_installed() -> None:
    others = {"README.md", "conftest.py", "requirements.txt", "test_autodiff.py", "autodiff.ipynb"}
    assert set(handout.RELEASED) == {*FETCHED, *others}


def _link(release: str) -> str:
    return source_file.colab_link([nbformat.v4.new_code_cell(f'RELEASE = "{release}"  # set by the course')])


def test_a_folder_on_github_can_be_opened_in_colab() -> None:
    where = "https://colab.research.google.com/github/uni/course/blob/main/week3/autodiff.ipynb"
    assert _link("uni/course/main/week3") == f"[Open this notebook in Colab]({where})"
    assert _link("uni/course/main").endswith("/uni/course/blob/main/autodiff.ipynb)")


@pytest.mark.parametrize("release", ["", "https://example.edu/course"])
def test_elsewhere_there_is_no_such_link(release: str) -> None:
    assert _link(release) == ""


@pytest.mark.parametrize("release", ["uni", "uni/course"])
def test_a_setting_that_is_no_folder_is_refused(release: str) -> None:
    with pytest.raises(source_file.AuthoringError, match="owner/repository/branch/folder"):
        _link(release)
