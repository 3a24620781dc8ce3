"""Grading, the student's release and its self-check, with every Python that is supported and here."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import debian
import pytest
from specimens import ROOT, skeleton, with_answers, write
from uv import find_uv_bin


def can_make_a_venv(python: str) -> bool:
    """Tell whether this Python is on the PATH and runs; pyenv has names there that do not."""
    found = shutil.which(python)
    command = [str(found), "-c", "import ensurepip, venv"]
    return found is not None and subprocess.run(command, capture_output=True, timeout=60).returncode == 0


OTHERS = [f"3.{minor}" for minor in range(10, 15) if minor != sys.version_info.minor]
PYTHONS = [python for python in OTHERS if python in debian.SUITES or can_make_a_venv(f"python{python}")]
"""Supported Pythons that a Debian has or that are on the PATH, apart from the one that runs all tests."""
SECONDS = 600
pytestmark = [pytest.mark.long, pytest.mark.skipif(sys.platform == "win32", reason="make and a shell")]

Run = Callable[[str], str]
"""Runs a shell's command in the folder of a test, and returns what it prints."""


@pytest.fixture(params=PYTHONS)
def python(request: pytest.FixtureRequest) -> str:
    return f"python{request.param}"


@pytest.fixture
def run(python: str, tmp_path: Path) -> Run:
    """Run with this Python, the one on the PATH or that of a Debian which has it, and with the ``uv`` of the tests."""
    of_debian = debian.folder_of(python.removeprefix("python"))
    if of_debian is None and not can_make_a_venv(python):
        pytest.skip(f"{python} is not here")
    with_uv = {**os.environ, "PATH": os.pathsep.join([os.environ["PATH"], str(Path(find_uv_bin()).parent)])}

    def run(command: str) -> str:
        line = ["sh", "-ec", command] if of_debian is None else debian.inside(of_debian, tmp_path, command)
        done = subprocess.run(line, cwd=tmp_path, env=with_uv, capture_output=True, text=True, timeout=SECONDS)
        assert done.returncode == 0, done.stdout + done.stderr
        return done.stdout

    return run


def test_make_grade_gives_the_marks(run: Run, python: str, tmp_path: Path) -> None:
    for name in ("autograder", "assignment", "locks"):
        shutil.copytree(ROOT / name, tmp_path / name, ignore=shutil.ignore_patterns("__pycache__"))
    for name in ("Makefile", "pyproject.toml", "setup.py", "LICENSE"):
        shutil.copy(ROOT / name, tmp_path)
    write(with_answers(), tmp_path / "solution.ipynb")
    write(skeleton(), tmp_path / "blank.ipynb")
    assert "100 / 100" in run(f"make grade NB=solution.ipynb PYTHON={python}")
    assert " 0 / 100" in run(f"make grade NB=blank.ipynb PYTHON={python}")
    assert python.removeprefix("python") in run(".venv/bin/python --version")


def test_the_release_and_its_self_check_pass_the_solution(run: Run, python: str, student: Path, tmp_path: Path) -> None:
    run(f"uv venv -q -p {python} .venv; uv pip install -q -p .venv/bin/python -r autodiff/requirements-vscode.txt")
    write(with_answers(), student / "autodiff.ipynb")
    checked = run("cd autodiff; ../.venv/bin/python grader.py")
    assert "Public checks passed: 10 of 10 points" in checked
    assert "✗" not in checked
    tested = run("cd autodiff; ../.venv/bin/python -m pytest --training")
    assert " passed" in tested
    assert not re.search("failed|skipped|error", tested)
