"""The making of ``dist/autograder.zip`` for Gradescope and otter and ``dist/student.zip``, and the proof of both.

Otter's own zip sets up conda and Chromium, and grades in the student's kernel. We keep only its configuration and its
tests. The rest of our zip is the grader itself, and the set-up and start scripts in ``container/``. The same input
always gives the same bytes.
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
"""Rooms that are not needed to grade one submission."""
OTTER_CONFIG = {"generate": {"plugins": ["autograder.outlets.otter_plugin.Plugin"]}}
PROOF_LIMIT = 300.0
"""Time limit for grading one notebook, in seconds; the reference solution takes about 15 s."""


class PackageError(RuntimeError):
    """Exception for zips that must not be released; the message says where to look."""


@dataclass(frozen=True)
class Graded:
    """Score that the grader in the zip gave to one of our own notebooks, and the seconds that it took."""

    notebook: str
    score: int
    max_score: int
    seconds: float


@dataclass(frozen=True)
class Checked:
    """Result of the released self-check for one of our own notebooks: how many checks passed, and were skipped."""

    notebook: str
    passed: int
    skipped: int
    seconds: float


@dataclass(frozen=True)
class Release:
    """Zips that were made, and the results of the grader and the self-check in them for our own notebooks."""

    files: tuple[Path, ...]
    graded: tuple[Graded, ...]
    checked: tuple[Checked, ...]

    def table(self) -> str:
        """Return the summary as an aligned table.

        A zip has its name, its size and the first digits of its SHA-256; a notebook its name, its result and the
        seconds.
        """
        rows = [(path.name, f"{path.stat().st_size:,} bytes", f"sha256 {_digest(path)[:16]}") for path in self.files]
        rows += [(one.notebook, f"{one.score} / {one.max_score}", f"{one.seconds:.1f} s") for one in self.graded]
        rows += [
            (f"{one.notebook}, self-check", f"{one.passed} passed, {one.skipped} skipped", f"{one.seconds:.1f} s")
            for one in self.checked
        ]
        widths = [max(len(row[i]) for row in rows) for i in range(2)]
        return "\n".join(f"{name:<{widths[0]}}  {what:>{widths[1]}}  {detail}" for name, what, detail in rows)


def make_zip(root: Path, out: Path, tell: Callable[[str], None] = lambda line: None) -> Release:
    """Build everything in ``root``, write both zips to ``out``, and try them on our own notebooks.

    ``tell`` is called with a text before each long step.

    Raises ``PackageError`` if the solution does not get full marks, or the skeleton gets any, from the grader or the
    self-check, and the same exceptions as ``build.build``.
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
    """Write the zip for Gradescope and otter from the checkout ``root``.

    Raises the same exceptions as ``build.assign``.
    """
    with tempfile.TemporaryDirectory() as temporary:
        [otter_zip] = (build.assign(root, Path(temporary), OTTER_CONFIG) / "autograder").glob("*.zip")
        write_zip(path, contents(root, otter_zip))


def contents(root: Path, otter_zip: Path) -> dict[str, bytes]:
    """Return the content of each file of our zip, by name, from the checkout and from the zip that otter made."""
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
    for name in (ASSIGNMENT.manifest.notebook, *ASSIGNMENT.data):  # the grader reads these files of the release
        files[f"assignment/{name}"] = _unix(root / "assignment" / name)
    files |= {
        name: _unix(container / name)
        for name in ("setup.sh", "run_autograder", "fault.json", "__main__.py", "requirements.lock")
    }
    return files


def prove(root: Path, autograder: Path) -> tuple[Graded, Graded]:
    """Grade the solution and the blank skeleton with the grader in the zip, not with that of the checkout.

    Raises ``PackageError`` unless the solution gets all points and the skeleton none.
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
    """Grade a notebook with the grader that is unpacked in this folder, in a process of its own."""
    started = perf_counter()
    report = grader / "report.json"
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
    """Run the released self-check on the solution and on the blank skeleton, in a student's folder.

    Raises ``PackageError`` unless all checks pass for the solution and all are skipped for the skeleton.
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
    """Run ``pytest`` in a student's ``folder`` and return the result. ``name`` says whose notebook is there.

    Raises ``PackageError`` if ``pytest`` gives no result.
    """
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
    """Return the content of a text file with Unix line ends. Git may have changed them on this system."""
    return path.read_bytes().replace(b"\r\n", b"\n")


def _digest(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()
