"""The two ways in that go through the zip: Gradescope's ``run_autograder``, and ``otter run``.

Both run under a watcher that adopts every orphan, whoever it runs as: what outlives the way in is seen, ended and told.
"""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import zipfile
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

SCHEMA = json.loads(Path(__file__).with_name("results.schema.json").read_text(encoding="utf-8"))
"""Of Gradescope's results.json."""
SECONDS = 400
"""For one submission: the solution takes about 20 s here; one that hangs no longer."""
SET_UP_SECONDS = 300
"""About 15 s here, most of it pip."""
PORT_TAKEN = "zmq.error.ZMQError: Address already in use"
"""Jupyter chooses the ports of a kernel some time before it takes them; two kernels that start at once may collide."""

_WATCHER = f"""
import ctypes, subprocess, sys
import psutil

if sys.platform == "linux":
    ctypes.CDLL(None).prctl(36, 1, 0, 0, 0)  # PR_SET_CHILD_SUBREAPER of prctl(2)
try:
    status = subprocess.run(sys.argv[1:], timeout={SECONDS}).returncode
except subprocess.TimeoutExpired:
    status = 1
_, left = psutil.wait_procs(psutil.Process().children(recursive=True), timeout=2)  # for otter's kernel to end
left = [process for process in left if process.status() != psutil.STATUS_ZOMBIE]
for process in left:
    process.kill()
sys.exit(f"left running: {{left}}" if left else status)
"""


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
    """The results.json that ``run_autograder`` leaves for what lies in ``root/submission``.

    Raises ``RuntimeError`` where it fails, or leaves a process behind.
    """
    shutil.rmtree(root / "results", ignore_errors=True)
    (root / "results").mkdir()
    environment = {**os.environ, "AUTODIFF_PREFIX": str(root.parent)}
    watched([os.fspath(root / "run_autograder")], root, environment)
    results: dict[str, Any] = json.loads((root / "results" / "results.json").read_text(encoding="utf-8"))
    return results


def run_otter(zip_file: Path, submission: Path, folder: Path) -> dict[str, Any]:
    """Otter's results.json for one submission, by ``otter run`` as an instructor types it, away from the checkout.

    Raises ``RuntimeError`` with otter's words where there is none, or where a process is left behind.
    """
    command = [os.fspath(Path(sys.executable).with_name("otter")), "run", "-a", os.fspath(zip_file), "--no-logo"]
    command += [os.fspath(submission)]
    try:
        printed = watched(command, folder, os.environ)
    except RuntimeError as error:
        if PORT_TAKEN not in str(error):
            raise
        printed = watched(command, folder, os.environ)
    results: dict[str, Any] = json.loads((folder / "results.json").read_text(encoding="utf-8"))
    return results | {"printed": printed}


def watched(command: Sequence[str], folder: Path, environment: Mapping[str, str]) -> str:
    """What the command prints; raises ``RuntimeError`` with it where the command fails or a process outlives it."""
    done = subprocess.run(
        [sys.executable, "-c", _WATCHER, *command],
        cwd=folder,
        env=environment,
        capture_output=True,
        text=True,
        timeout=SECONDS + 30,  # the watcher's own limit comes first
        check=False,
    )
    if done.returncode:
        raise RuntimeError(done.stdout + done.stderr)
    return done.stdout


def points(results: Mapping[str, Any]) -> tuple[float, float]:
    """The points earned and the points that can be, added up from the tests as Gradescope does."""
    tests = [test for test in results["tests"] if "score" in test]
    return sum(test["score"] for test in tests), sum(test["max_score"] for test in tests)
