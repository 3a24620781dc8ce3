"""A fourth operator is added as the README of the assignment says, and everything follows from it.

On a copy of the repository: applied, built, proven as ``make zip`` does, graded right and wrong, in class mode too.
"""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from made_once import made_once
from specimens import ROOT

README = ROOT / "autograder" / "autodiff" / "README.md"
STEP = re.compile(
    r"^(?:[^\n]*?\. )??"
    r"(?:Create `(?P<new>[^`]+)`|In `(?P<file>[^`]+)`, (?P<how>before|replace) `(?P<anchor>[^`]+)`(?: by)?):"
    r"\n\n```python\n(?P<code>.*?)```$",
    re.MULTILINE | re.DOTALL,
)
NOT_COPIED = (".venv", ".git", "dist", "build", "__pycache__", ".*_cache", ".hypothesis", "*.egg-info")
SECONDS = 300
MAKE = """
import json, sys
from pathlib import Path
sys.path.insert(0, "tests/support")
import short_training
short_training.use()  # in the self-check; before the builder imports the assignment
from autograder.authoring import build, handout, package
root = Path.cwd()
build.write_release(root)
build._write(root / "solutions" / build.NAME, build.solution_notebook(root))  # running it takes half a minute
package.make_autograder(root, root / "autograder.zip")
handout.release(root, root / "student.zip")
graded, checked = package.prove(root, root / "autograder.zip"), package.prove_handout(root, root / "student.zip")
print(json.dumps([[one.score, one.max_score] for one in graded] + [[one.passed, one.skipped] for one in checked]))
"""
WRONG = """
import sys
from pathlib import Path
sys.path.insert(0, "tests/support")
from specimens import specimen_of, write
for name in sys.argv[2:]:
    path = Path(sys.argv[1]) / f"{name.partition('/')[2].partition('_')[0]}.ipynb"
    write(specimen_of(name).notebook(), path)
"""


@dataclass(frozen=True)
class Step:
    """One step of the README: put ``code`` before the ``anchor`` in ``file``, or in its place; or create the file."""

    file: str
    how: str
    anchor: str
    code: str

    def apply(self, room: Path) -> None:
        """Do it; an anchor that does not stand in the file exactly once is an error of the README."""
        path = room / self.file
        if self.how == "create":
            path.parent.mkdir(exist_ok=True)
            path.write_text(self.code, encoding="utf-8")
            return
        before, *rest = path.read_text(encoding="utf-8").split(self.anchor)
        assert len(rest) == 1, f"{self.file} has {len(rest)} times {self.anchor!r}"
        code = self.code if self.how == "before" else self.code.removesuffix("\n")
        path.write_text(before + code + (self.anchor if self.how == "before" else "") + rest[0], encoding="utf-8")


def steps() -> Iterator[Step]:
    """The steps of the section about a question."""
    section = README.read_text(encoding="utf-8").partition("## Adding a question")[2]
    for match in STEP.finditer(section):
        yield Step(match["new"] or match["file"], match["how"] or "create", match["anchor"] or "", match["code"])
    assert section.count("```python") == len(STEP.findall(section))


def run(copy: Path, *arguments: str | Path) -> str:
    """What a Python program prints in the copy of the repository."""
    environment = {**os.environ, "PYTHONPATH": os.fspath(copy)}
    done = subprocess.run(
        [sys.executable, *arguments], cwd=copy, env=environment, capture_output=True, text=True, timeout=SECONDS
    )
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


def with_tanh(copy: Path) -> None:
    """Copy the repository and do what the README says."""
    shutil.copytree(ROOT, copy, ignore=shutil.ignore_patterns(*NOT_COPIED), dirs_exist_ok=True)
    for step in steps():
        step.apply(copy / "autograder" / "autodiff")
    (copy / "proof.json").write_text(run(copy, "-c", MAKE), encoding="utf-8")


@pytest.fixture(scope="module")
def copy(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A copy of the repository with the question ``tanh``, built and proven."""
    return made_once(tmp_path_factory, "tanh", with_tanh)


pytestmark = [pytest.mark.long, pytest.mark.xdist_group("tanh")]


def test_it_touches_the_source_the_assignments_room_and_specimens_only() -> None:
    room = (ROOT / "autograder" / "autodiff").resolve()
    touched = {(room / step.file).resolve().relative_to(ROOT).as_posix() for step in steps()}
    assert {path for path in touched if not path.startswith("autograder/autodiff/")} == {
        "solutions/autodiff.py",
        "tests/gallery/wrong/tanh/tanh_uses_input.py",
    }


def test_zip_and_handout_are_proven(copy: Path) -> None:
    solution, skeleton, solved, blank = json.loads((copy / "proof.json").read_text(encoding="utf-8"))
    assert (solution, skeleton) == ([110, 110], [0, 110])
    assert solved == [22, 0] and blank == [0, 22]


def test_students_are_helped_with_it(copy: Path) -> None:
    assert "tanh" in run(
        copy, "-c", "import sys; sys.path.insert(0, 'assignment'); import grader; print(grader.check())"
    )


def test_the_mistake_is_graded_and_named_in_class_mode_too(copy: Path, tmp_path: Path) -> None:
    hand_ins, out = tmp_path / "class", tmp_path / "out"
    hand_ins.mkdir()
    run(copy, "-c", WRONG, hand_ins, "wrong/tanh_uses_input", "wrong/relu_no_mask")
    run(copy, "-m", "autograder", "class", hand_ins, "--out", out)
    gradebook = (out / "gradebook.csv").read_text(encoding="utf-8")
    assert "4: tanh (10.0 pts)" in gradebook
    [page] = (out / "reports").glob("tanh*.json")
    report = json.loads(page.read_text(encoding="utf-8"))
    lost = {check["id"] for check in report["checks"] if check["outcome"] != "passed"}
    assert lost == {"tanh.local_gradient", "tanh.local_gradient_range", "tanh.accumulates"}
    assert (report["score"], report["max_score"]) == (104, 110)
    assert "tanh.uses_input" in (out / "class.html").read_text(encoding="utf-8")
