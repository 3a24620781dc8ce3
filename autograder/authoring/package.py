"""``dist/autograder.zip`` for Gradescope and otter, ``dist/student.zip`` for students, and the proof of the first.

Otter's own zip sets up conda and Chromium and grades in the student's kernel. Of it we keep the configuration and the
tests; the rest of our zip is the grader itself with the set-up and start scripts in ``container/``. The same input
gives the same bytes.
"""

from __future__ import annotations

import hashlib
import json
import os
import shutil
import subprocess
import sys
import tempfile
import zipfile
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from time import perf_counter
from xml.etree import ElementTree

from autograder import settings
from autograder.assignment import ASSIGNMENT
from autograder.authoring import build, handout
from autograder.authoring.zipping import write_zip

NOT_GRADING = {"authoring", "classroom"}
"""Rooms that grading one submission does not need."""
OTTER_CONFIG = {"generate": {"plugins": ["autograder.outlets.otter_plugin.Plugin"]}}
PROOF_LIMIT = 300.0
"""Seconds for grading one notebook; the reference solution takes about 15."""


class PackageError(RuntimeError):
    """The zips cannot be released; the message says what to look at."""


@dataclass(frozen=True)
class Graded:
    """What the grader in the zip gave one of our own notebooks, in how many seconds."""

    notebook: str
    score: int
    max_score: int
    seconds: float


@dataclass(frozen=True)
class Checked:
    """What the released self-check made of one of our own notebooks: how many checks passed, and were skipped."""

    notebook: str
    passed: int
    skipped: int
    seconds: float


@dataclass(frozen=True)
class Release:
    """The zips that were made, and what grader and self-check in them say of our own notebooks."""

    files: tuple[Path, ...]
    graded: tuple[Graded, ...]
    checked: tuple[Checked, ...]

    def table(self) -> str:
        """The summary as aligned text: file, bytes, first digits of the SHA-256; notebook, what came of it, seconds."""
        rows = [(path.name, f"{path.stat().st_size:,} bytes", f"sha256 {_digest(path)[:16]}") for path in self.files]
        rows += [(one.notebook, f"{one.score} / {one.max_score}", f"{one.seconds:.1f} s") for one in self.graded]
        rows += [
            (f"{one.notebook}, self-check", f"{one.passed} passed, {one.skipped} skipped", f"{one.seconds:.1f} s")
            for one in self.checked
        ]
        widths = [max(len(row[i]) for row in rows) for i in range(2)]
        return "\n".join(f"{name:<{widths[0]}}  {what:>{widths[1]}}  {detail}" for name, what, detail in rows)


def make_zip(root: Path, out: Path, tell: Callable[[str], None] = lambda line: None) -> Release:
    """Build everything in ``root``, write both zips to ``out``, and prove them on our own notebooks.

    Raises ``PackageError`` when the solution does not get full marks or the skeleton gets any, also in the self-check,
    and what ``build.build`` raises, for a leak above all. ``tell`` is told what takes long.
    """
    build.build(root, tell)
    out.mkdir(parents=True, exist_ok=True)
    autograder, student = out / "autograder.zip", out / "student.zip"
    tell("making the zips")
    make_autograder(root, autograder)
    handout.release(root, student)
    tell("grading the solution and the blank skeleton with the grader in the zip")
    graded = prove(root, autograder)
    tell("running the self-check in the student's zip on both")
    return Release((autograder, student), graded, prove_handout(root, student))


def make_autograder(root: Path, path: Path) -> None:
    """Write the zip for Gradescope and otter from what ``root`` holds; raises what ``build.assign`` raises."""
    with tempfile.TemporaryDirectory() as temporary:
        [otter_zip] = (build.assign(root, Path(temporary), OTTER_CONFIG) / "autograder").glob("*.zip")
        write_zip(path, contents(root, otter_zip))


def contents(root: Path, otter_zip: Path) -> dict[str, bytes]:
    """Return the files of our zip by name, made from the checkout and from the zip that otter made."""
    package = root / "autograder"
    container = package / "authoring" / "container"
    with zipfile.ZipFile(otter_zip) as otter:
        names = [name for name in otter.namelist() if name == "otter_config.json" or name.startswith("tests/")]
        files = {name: otter.read(name) for name in names}
    released = package / ASSIGNMENT.manifest.name / ASSIGNMENT.templates.name
    files[f"autograder/{settings.SALT_FILE.name}"] = f"{settings.load().salt}\n".encode()
    for path in [*package.rglob("*.py"), package / settings.FILE.name]:
        if path.relative_to(package).parts[0] not in NOT_GRADING and not path.is_relative_to(released):
            files[path.relative_to(root).as_posix()] = _unix(path)
    for name in (ASSIGNMENT.manifest.notebook, *ASSIGNMENT.data):  # what the grader reads of the student's release
        files[f"assignment/{name}"] = _unix(root / "assignment" / name)
    files |= {
        name: _unix(container / name)
        for name in ("setup.sh", "run_autograder", "fault.json", "__main__.py", "requirements.lock")
    }
    return files


def prove(root: Path, autograder: Path) -> tuple[Graded, Graded]:
    """Grade the solution and the blank skeleton with the grader in the zip, not with the checkout.

    Raises ``PackageError`` unless they get all points and none.
    """
    with tempfile.TemporaryDirectory() as temporary:
        with zipfile.ZipFile(autograder) as archive:
            archive.extractall(temporary)
        solution = _graded(Path(temporary), root / "solutions" / ASSIGNMENT.manifest.notebook)
        skeleton = _graded(Path(temporary), root / "assignment" / ASSIGNMENT.manifest.notebook)
    for one, wanted in ((solution, ASSIGNMENT.manifest.total), (skeleton, 0)):
        if (one.score, one.max_score) != (wanted, ASSIGNMENT.manifest.total):
            raise PackageError(
                f"{one.notebook} gets {one.score} of {one.max_score} points from {autograder}, not {wanted} of "
                f"{ASSIGNMENT.manifest.total}. See why: python -m autograder grade {one.notebook}"
            )
    return solution, skeleton


def _graded(grader: Path, notebook: Path) -> Graded:
    report, started = grader / "report.json", perf_counter()
    command = [sys.executable, "-I", os.fspath(grader), "grade", os.fspath(notebook), "--json", os.fspath(report)]
    done = subprocess.run(
        command, stdin=subprocess.DEVNULL, capture_output=True, text=True, encoding="utf-8", timeout=PROOF_LIMIT
    )
    if done.returncode:
        raise PackageError(f"The grader in the zip ended with status {done.returncode}:\n{done.stderr}")
    result = json.loads(report.read_text(encoding="utf-8"))
    name = f"{notebook.parent.name}/{notebook.name}"
    return Graded(name, result["score"], result["max_score"], perf_counter() - started)


def prove_handout(root: Path, student: Path) -> tuple[Checked, Checked]:
    """Run the released self-check on the solution and on the blank skeleton, as students do, in their own folder.

    Raises ``PackageError`` unless all of its checks pass, and all are skipped.
    """
    with tempfile.TemporaryDirectory() as temporary:
        with zipfile.ZipFile(student) as archive:
            archive.extractall(temporary)
        folder = Path(temporary) / ASSIGNMENT.manifest.name
        solution = root / "solutions" / ASSIGNMENT.manifest.notebook
        skeleton = _checked(folder, "assignment", ())
        shutil.copyfile(solution, folder / ASSIGNMENT.manifest.notebook)
        solved = _checked(folder, "solutions", ("--training",))
    count = len(handout.public_checks())
    for one, wanted in ((solved, (count, 0)), (skeleton, (0, count))):
        if (one.passed, one.skipped) != wanted:
            raise PackageError(
                f"The self-check in {student} passes {one.passed} of {count} checks of {one.notebook} and skips "
                f"{one.skipped}, not {wanted[0]} and {wanted[1]}. See why: unpack the zip, and run pytest there"
            )
    return solved, skeleton


def _checked(folder: Path, name: str, options: Sequence[str]) -> Checked:
    """What ``pytest`` says in a student's ``folder``; ``name`` tells whose notebook lies there."""
    results, started = folder / "results.xml", perf_counter()
    command = [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", "-p", "no:xdist", *options]
    environment = {name: value for name, value in os.environ.items() if not name.startswith("PYTEST_")}
    done = subprocess.run(
        [*command, f"--junitxml={results}"],
        cwd=folder,
        env=environment,
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        encoding="utf-8",
        timeout=PROOF_LIMIT,
    )
    if not results.is_file():
        raise PackageError(f"The self-check ended with status {done.returncode}:\n{done.stdout}{done.stderr}")
    [suite] = ElementTree.parse(results).getroot()
    tests, skipped, *bad = (int(suite.attrib[kind]) for kind in ("tests", "skipped", "failures", "errors"))
    passed = tests - skipped - sum(bad)
    return Checked(f"{name}/{ASSIGNMENT.manifest.notebook}", passed, skipped, perf_counter() - started)


def _unix(path: Path) -> bytes:
    """The content of a text file with the line ends of the container, whatever git made of them here."""
    return path.read_bytes().replace(b"\r\n", b"\n")


def _digest(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()
