"""Starts commands without the half second, or the whole one with Dask, that each takes to import what it needs."""

from __future__ import annotations

import gc
import importlib
import json
import os
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Mapping, Sequence
from itertools import count
from pathlib import Path
from typing import Any, NoReturn

from specimens import ROOT

PAGES = ROOT / "autograder" / "classroom" / "templates"
GONE = 10.0
"""Seconds for the kernel to end what was killed; gradings would run longer."""


class Forks:
    """A process that has imported ``modules``, and forks for each command that is to start."""

    def __init__(self, *modules: str) -> None:
        self._folder, self._numbers = Path(tempfile.mkdtemp()), count()
        self._server = subprocess.Popen(
            [sys.executable, "-c", "import forks; forks.serve_forks()", *modules],
            cwd=ROOT,
            env={**os.environ, "PYTHONPATH": f"{ROOT}:{ROOT / 'tests' / 'support'}"},
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )

    def __enter__(self) -> Forks:
        return self

    def __exit__(self, *_: object) -> None:
        self._server.kill()
        self._server.communicate(timeout=GONE)
        shutil.rmtree(self._folder)

    def start(self, module: str, *arguments: str, terminal: str | None = None) -> Fork:
        """Start the ``main`` of a module as a command, which prints into a file or to a terminal."""
        printed = self._folder / str(next(self._numbers))
        printed.touch()
        return Fork(self, self.ask(module, terminal or str(printed), arguments, {**os.environ}), printed)

    def ask(self, *request: object) -> Any:
        """Return the answer of the process."""
        assert self._server.stdin is not None and self._server.stdout is not None
        self._server.stdin.write(json.dumps(request) + "\n")
        self._server.stdin.flush()
        return json.loads(self._server.stdout.readline())


class Fork:
    """A command that was forked, to be used as a ``subprocess.Popen`` is."""

    def __init__(self, forks: Forks, pid: int, printed: Path) -> None:
        self._forks, self.pid, self._printed = forks, pid, printed
        self.returncode: int | None = None

    def poll(self) -> int | None:
        """Return the exit status, if it has ended."""
        if self.returncode is None:
            self.returncode = self._forks.ask(self.pid)
        return self.returncode

    def kill(self) -> None:
        """Kill it, if it has not ended."""
        if self.poll() is None:
            os.kill(self.pid, signal.SIGKILL)

    def communicate(self, timeout: float) -> tuple[str, None]:
        """Wait for its end, and return what it printed."""
        deadline = time.monotonic() + timeout
        while self.poll() is None:
            if time.monotonic() > deadline:
                raise subprocess.TimeoutExpired(str(self.pid), timeout)
            time.sleep(0.01)
        return self._printed.read_text(encoding="utf-8"), None


def serve_forks() -> None:
    """Import the modules, then do as each line of the input asks: start a command, or tell (once) how one ended."""
    from autograder.classroom import pages  # here, for only this process needs it

    for module in sys.argv[1:]:
        importlib.import_module(module)
    for page in PAGES.glob("*.html"):
        pages.template(page.name)  # compiled once, and not by each command
    gc.collect()
    gc.freeze()  # or each command would walk through all that was imported, and copy it, when it ends
    for line in sys.stdin:
        request = json.loads(line)
        if len(request) > 1:
            answer: int | None = os.fork() or _become(*request)
        else:
            ended, status = os.waitpid(request[0], os.WNOHANG)
            answer = os.waitstatus_to_exitcode(status) if ended else None
        print(json.dumps(answer), flush=True)


def _become(module: str, printed: str, arguments: Sequence[str], environment: Mapping[str, str]) -> NoReturn:
    """Be the command, in a process that was just forked."""
    os.setsid()
    for descriptor, name in enumerate((os.devnull, printed, printed)):
        os.dup2(os.open(name, os.O_RDWR | os.O_APPEND), descriptor)
    os.environ.clear()
    os.environ.update(environment)
    tempfile.tempdir = None  # that was the old environment's
    sys.argv = [module, *arguments]
    sys.exit(importlib.import_module(module).main())
