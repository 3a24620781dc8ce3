"""``dist/autograder.zip`` for Gradescope and otter, ``dist/student.zip`` for students, and the proof of the first.

Otter's own zip sets up conda and Chromium and grades in the student's kernel. Of it we keep the configuration and the
tests; the rest of our zip is the grader itself with the set-up and start scripts in ``container/``. The same input
gives the same bytes.
"""

from __future__ import annotations

import hashlib
import json
import os
import subprocess
import sys
import tempfile
import zipfile
from dataclasses import dataclass
from pathlib import Path
from time import perf_counter

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
class Summary:
    """The zips that were made and the proof that the grader in them marks our own notebooks right."""

    files: tuple[Path, ...]
    proofs: tuple[Graded, ...]

    def table(self) -> str:
        """The summary as aligned text: file, bytes, first digits of the SHA-256; notebook, score, seconds."""
        rows = [(path.name, f"{path.stat().st_size:,} bytes", f"sha256 {_digest(path)[:16]}") for path in self.files]
        rows += [(one.notebook, f"{one.score} / {one.max_score}", f"{one.seconds:.1f} s") for one in self.proofs]
        widths = [max(len(row[i]) for row in rows) for i in range(2)]
        return "\n".join(f"{name:<{widths[0]}}  {what:>{widths[1]}}  {detail}" for name, what, detail in rows)


def make_zip(root: Path, out: Path) -> Summary:
    """Build everything in ``root``, write both zips to ``out`` and grade our own notebooks with the grader in the zip.

    Raises ``PackageError`` when the solution does not get full marks or the skeleton gets any, and what ``build.build``
    raises, for a leak above all.
    """
    build.build(root)
    out.mkdir(parents=True, exist_ok=True)
    autograder, student = out / "autograder.zip", out / "student.zip"
    make_autograder(root, autograder)
    handout.release(root, student)
    return Summary((autograder, student), prove(root, autograder))


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
    for path in [*package.rglob("*.py"), package / "config.json"]:
        if path.relative_to(package).parts[0] not in NOT_GRADING:
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


def _unix(path: Path) -> bytes:
    """The content of a text file with the line ends of the container, whatever git made of them here."""
    return path.read_bytes().replace(b"\r\n", b"\n")


def _digest(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()
