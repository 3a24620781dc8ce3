"""Runs a few lines in a confined process, as root or as an ordinary user, for the tests of the sandbox."""

from __future__ import annotations

import atexit
import os
import shutil
import subprocess
import sys
import tempfile
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

import numpy
import pytest
from specimens import ROOT

from autograder.vocabulary import Step
from autograder.wire.confinement import Confinement

NOTHING: Confinement = frozenset()
ORDINARY_UID = 65534

_PREAMBLE = """
import os, socket, subprocess, sys
sys.path.append({root!r})
{numpy}
from autograder.vocabulary import Step
from autograder.worker.lockdown import confine, confine_child
isolation = confine(frozenset(map(Step, {wanted!r})), {uid!r}, os.getppid())
confine_child(60, os.getppid(), filtered=Step.SECCOMP in isolation.applied)
def attempt(action):
    try:
        action()
    except BaseException as error:
        print(type(error).__name__, flush=True)
    else:
        print("done", flush=True)
"""


def only(*steps: Step) -> Confinement:
    """The confinement that consists of these steps."""
    return frozenset(steps)


@dataclass(frozen=True)
class User:
    """Who runs the confined process, and with which interpreter."""

    python: str
    uid: int | None

    def run(self, wanted: Confinement, code: str, *, uid: int | None = None) -> str:
        """What ``code`` prints in a process that is confined so, and takes ``uid`` if it should have its own."""
        script = _PREAMBLE.format(
            root=str(ROOT),
            wanted=[step.value for step in wanted],
            uid=uid,
            numpy="import numpy" if Step.LANDLOCK in wanted else "",
        )
        return self.run_unconfined(script + code)

    def run_unconfined(self, script: str, timeout: float = 30.0) -> str:
        """What ``script`` prints; what it says on standard error too, if it fails."""
        done = subprocess.run(
            [self.python, "-I", "-B", "-c", script],
            capture_output=True,
            text=True,
            timeout=timeout,
            user=self.uid,
            env={"PATH": os.defpath, "OPENBLAS_NUM_THREADS": "1"},
            cwd="/",
        )
        return done.stdout.strip() if done.returncode == 0 else f"{done.stdout}{done.stderr}exit {done.returncode}"


def root() -> User:
    """This user, who must be root."""
    if os.geteuid() != 0:
        pytest.skip("only root can take another uid or leave the network")
    return User(sys.executable, None)


def ordinary_user() -> User:
    """A user without any privilege: this one, or another one if this one is root."""
    return User(sys.executable, None) if os.geteuid() else User(_readable_python(), ORDINARY_UID)


@lru_cache(maxsize=1)
def _readable_python() -> str:
    """An interpreter that an ordinary user may run: this one, or the system's with this one's packages beside it."""
    if _runs(sys.executable):
        return sys.executable
    system = shutil.which("python3", path="/usr/local/bin:/usr/bin")
    if system is None or not _runs(system):
        pytest.skip("no interpreter of this version that an ordinary user may run")
    folder = Path(tempfile.mkdtemp(prefix="autograder-tests-", dir="/tmp"))
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    folder.chmod(0o755)
    subprocess.run([system, "-m", "venv", "--without-pip", "--symlinks", str(folder)], check=True, timeout=60)
    packages = Path(numpy.__file__).resolve().parent.parent
    version = f"python{sys.version_info[0]}.{sys.version_info[1]}"
    (folder / "lib" / version / "site-packages" / "shared.pth").write_text(f"{packages}\n")
    return str(folder / "bin" / "python")


def _runs(python: str) -> bool:
    probe = "import sys; print(sys.version_info[:2])"
    try:
        done = subprocess.run(
            [python, "-I", "-c", probe], capture_output=True, text=True, user=ORDINARY_UID, timeout=30
        )
    except OSError:
        return False
    return done.stdout.strip() == str(sys.version_info[:2])
