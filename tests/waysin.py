"""The two ways in that go through the zip: Gradescope's ``run_autograder``, and ``otter run``."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import zipfile
from collections.abc import Mapping
from pathlib import Path
from typing import Any

SECONDS = 200
"""For one submission: the solution takes about 20 s here; one that hangs no longer."""
SET_UP_SECONDS = 300
"""About 15 s here, most of it pip."""


def unpack(zip_file: Path, prefix: Path) -> Path:
    """Unpack the zip as Gradescope does: into ``/autograder/source``, its start script one folder up."""
    root = prefix / "autograder"
    with zipfile.ZipFile(zip_file) as archive:
        archive.extractall(root / "source")
    shutil.copy(root / "source" / "run_autograder", root / "run_autograder")
    (root / "run_autograder").chmod(0o755)
    return root


def set_up(zip_file: Path, prefix: Path) -> Path:
    """The folder that stands for ``/autograder`` on Gradescope, set up by the zip's own ``setup.sh``."""
    root = unpack(zip_file, prefix)
    environment = {**os.environ, "AUTODIFF_PREFIX": str(prefix)}
    subprocess.run(["bash", root / "source" / "setup.sh"], env=environment, check=True, timeout=SET_UP_SECONDS)
    return root


def run_autograder(root: Path) -> dict[str, Any]:
    """The results.json that ``run_autograder`` leaves for what lies in ``root/submission``."""
    shutil.rmtree(root / "results", ignore_errors=True)
    (root / "results").mkdir()
    environment = {**os.environ, "AUTODIFF_PREFIX": str(root.parent)}
    subprocess.run([root / "run_autograder"], cwd=root, env=environment, check=True, timeout=SECONDS)
    results: dict[str, Any] = json.loads((root / "results" / "results.json").read_text(encoding="utf-8"))
    return results


def run_otter(zip_file: Path, submission: Path, folder: Path) -> dict[str, Any]:
    """Otter's results.json for one submission, by ``otter run`` as an instructor types it, away from the checkout.

    Raises ``RuntimeError`` with otter's words where there is none.
    """
    command = [os.fspath(Path(sys.executable).with_name("otter")), "run", "-a", os.fspath(zip_file), "--no-logo"]
    done = subprocess.run(
        [*command, os.fspath(submission)], cwd=folder, capture_output=True, text=True, timeout=SECONDS, check=False
    )
    if done.returncode:
        raise RuntimeError(done.stdout + done.stderr)
    results: dict[str, Any] = json.loads((folder / "results.json").read_text(encoding="utf-8"))
    return results | {"printed": done.stdout}


def points(results: Mapping[str, Any]) -> tuple[float, float]:
    """The points earned and the points that can be, added up from the tests as Gradescope does."""
    tests = [test for test in results["tests"] if "score" in test]
    return sum(test["score"] for test in tests), sum(test["max_score"] for test in tests)
