"""A watchdog that ends a worker with too much memory, for macOS and Windows, where the kernel sets no limit."""

from __future__ import annotations

import threading
from contextlib import suppress

import psutil

INTERVAL = 0.1
"""Time between two looks, in seconds; a program can fill some hundred megabytes meanwhile."""


def watch_memory(pid: int, most: int, ended: threading.Event) -> threading.Thread:
    """Start a thread that kills process ``pid`` and its descendants once they hold more than ``most`` bytes.

    The thread ends when ``ended`` is set or the process is gone.
    """

    def watch() -> None:
        while not ended.wait(INTERVAL) and psutil.pid_exists(pid):
            family = _family(pid)
            if sum(map(_resident, family)) > most:
                for process in family:
                    with suppress(psutil.Error):
                        process.kill()

    watchdog = threading.Thread(target=watch, daemon=True)
    watchdog.start()
    return watchdog


def _family(pid: int) -> list[psutil.Process]:
    with suppress(psutil.Error):
        parent = psutil.Process(pid)
        return [*parent.children(recursive=True), parent]
    return []


def _resident(process: psutil.Process) -> int:
    with suppress(psutil.Error):
        return int(process.memory_info().rss)
    return 0
