"""The cleaning up after a worker: ending every process that the student's code started, and removing its files."""

from __future__ import annotations

import os
import shutil
import tempfile
import time
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

import psutil

ROUNDS = 100
"""Maximum number of looks at the process table. Each look stops all that it finds, so few suffice for a fork bomb."""
PAUSE = 0.005
"""Time between two looks, in seconds, in which the kernel removes killed processes."""

SHARED = (Path("/tmp"), Path("/var/tmp"), Path("/dev/shm"))
"""Folders where everyone may write."""

Processes = Callable[[], list[psutil.Process]]
"""Function that looks for processes and returns those that it finds."""


def end_all(processes: Processes) -> bool:
    """Kill the processes that ``processes`` finds, until it finds none; return False if some survive."""
    for _ in range(ROUNDS):
        found = [process for process in processes() if _is_alive(process)]
        if not found:
            return True
        for act in (psutil.Process.suspend, psutil.Process.kill):  # all are stopped before the first one is killed
            for process in found:
                with suppress(psutil.Error):
                    act(process)
        time.sleep(PAUSE)
    return False


def of_uid(uid: int) -> Processes:
    """Return a function that finds all processes with this real uid."""
    return lambda: [process for process in psutil.process_iter() if _uid(process) == uid]


def of_worker(worker: int) -> Processes:
    """Return a function that finds the descendants of the worker and the processes of its session.

    Orphans among them become the worker's own children, as long as it lives.
    """

    def find() -> list[psutil.Process]:
        found = {process.pid: process for process in psutil.process_iter() if _session(process.pid) == worker}
        with suppress(psutil.Error):
            found |= {process.pid: process for process in psutil.Process(worker).children(recursive=True)}
        return [process for pid, process in found.items() if pid != worker]

    return find


def _is_alive(process: psutil.Process) -> bool:
    with suppress(psutil.Error):
        return bool(process.status() != psutil.STATUS_ZOMBIE)
    return False


def _uid(process: psutil.Process) -> int | None:
    with suppress(psutil.Error, AttributeError):  # Windows has no uids
        return int(process.uids().real)
    return None


def _session(pid: int) -> int | None:
    with suppress(OSError, AttributeError):  # the process has ended; Windows has no sessions
        return os.getsid(pid)
    return None


def remove_files_of(uid: int) -> None:
    """Remove all files of ``uid`` in the folders ``SHARED`` and in the one for temporary files.

    These folders are sticky, so it is enough to look at the entries of their top level.
    """
    for folder in {Path(tempfile.gettempdir()), *SHARED}:
        entries = list(folder.iterdir()) if folder.is_dir() else []
        for entry in entries:
            with suppress(OSError):
                if entry.lstat().st_uid == uid:
                    remove(entry)


def remove(path: Path) -> None:
    """Remove a file or a whole folder. A part of a folder that cannot be removed stays, without an error."""
    if path.is_dir() and not path.is_symlink():
        shutil.rmtree(path, ignore_errors=True)
    else:
        path.unlink(missing_ok=True)


def hold(pid: int) -> None:
    """Suspend a process, so that it stops without ending."""
    with suppress(psutil.Error):
        psutil.Process(pid).suspend()
