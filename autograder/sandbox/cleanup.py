"""Leaves nothing behind: ends every process that the student's code started, and removes every file it left."""

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
"""Looks at the process table; each stops what it sees, so that even a fork bomb runs out of forks in a few."""
PAUSE = 0.005
"""Seconds between two looks, for the kernel to take away what was killed."""

Processes = Callable[[], list[psutil.Process]]


def end_all(processes: Processes) -> bool:
    """Kill what ``processes`` finds until it finds nothing; whether it came to that."""
    for _ in range(ROUNDS):
        found = [process for process in processes() if _is_alive(process)]
        if not found:
            return True
        for act in (psutil.Process.suspend, psutil.Process.kill):  # all stand still before the first one falls
            for process in found:
                with suppress(psutil.Error):
                    act(process)
        time.sleep(PAUSE)
    return False


def of_uid(uid: int) -> Processes:
    """All processes with this real uid."""
    return lambda: [process for process in psutil.process_iter() if _uid(process) == uid]


def of_worker(worker: int) -> Processes:
    """Descendants of the worker, which its orphans stay as long as it lives, and what is left of its session."""

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
    with suppress(OSError, AttributeError):  # it ended; Windows has no sessions
        return os.getsid(pid)
    return None


def remove_files_of(uid: int) -> None:
    """Remove what ``uid`` left where everyone may write; all such places are sticky, so the top level is enough."""
    for folder in {Path(tempfile.gettempdir()), Path("/tmp"), Path("/var/tmp"), Path("/dev/shm")}:
        entries = list(folder.iterdir()) if folder.is_dir() else []
        for entry in entries:
            with suppress(OSError):
                if entry.lstat().st_uid == uid:
                    remove(entry)


def remove(path: Path) -> None:
    """Remove a file or a whole folder, as far as it goes."""
    if path.is_dir() and not path.is_symlink():
        shutil.rmtree(path, ignore_errors=True)
    else:
        path.unlink(missing_ok=True)


def hold(pid: int) -> None:
    """Stop a process without ending it."""
    with suppress(psutil.Error):
        psutil.Process(pid).suspend()
