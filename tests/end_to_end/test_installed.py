"""A wheel of the package, installed where nothing else is, grades from any folder with the assignment that it holds."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from made_once import made_once
from specimens import ROOT, skeleton, with_answers, write

SECONDS = 200
pytestmark = [pytest.mark.long, pytest.mark.xdist_group("installed")]


def run(*command: str | Path, folder: Path) -> str:
    """What a command prints in a folder."""
    done = subprocess.run(command, cwd=folder, capture_output=True, text=True, timeout=SECONDS)
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


def install(folder: Path) -> None:
    """Build the wheel from a copy, for building leaves files, and install it into an environment of its own."""
    copy = shutil.copytree(ROOT / "autograder", folder / "copy" / "autograder").parent
    shutil.copytree(ROOT / "assignment", copy / "assignment")
    for name in ("pyproject.toml", "setup.py", "LICENSE"):
        shutil.copy(ROOT / name, copy)
    python, uv = Path(sys.executable), (sys.executable, "-m", "uv", "--quiet")
    run(python, "-m", "pip", "wheel", "--quiet", "--no-deps", "--no-build-isolation", "-w", folder, copy, folder=folder)
    [wheel] = folder.glob("*.whl")
    run(*uv, "venv", folder / "venv", "--python", python, folder=folder)
    run(*uv, "pip", "install", "--python", folder / "venv", f"{wheel}[class]", folder=folder)


@pytest.fixture(scope="module")
def command(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The installed command."""
    scripts = "Scripts" if sys.platform == "win32" else "bin"
    return made_once(tmp_path_factory, "installed", install) / "venv" / scripts / "autograder"


def test_it_grades_from_another_folder(command: Path, tmp_path: Path) -> None:
    write(with_answers(), tmp_path / "solution.ipynb")
    run(command, "grade", "solution.ipynb", "--json", "report.json", folder=tmp_path)
    report = json.loads((tmp_path / "report.json").read_text(encoding="utf-8"))
    assert (report["score"], report["max_score"]) == (100, 100)


def test_it_grades_a_class(command: Path, tmp_path: Path) -> None:
    (tmp_path / "class").mkdir()
    write(skeleton(), tmp_path / "class" / "ada.ipynb")
    run(command, "class", "class", "--out", "marks", folder=tmp_path)
    assert "ada" in (tmp_path / "marks" / "gradebook.csv").read_text(encoding="utf-8")
    assert [path.name.split("-")[0] for path in (tmp_path / "marks" / "reports").glob("*.html")] == ["ada"]
