"""Ends a worker that takes too much memory, where the kernel sets no limit: macOS and Windows."""

from __future__ import annotations

import threading
from contextlib import suppress

import psutil

INTERVAL = 0.1
"""Seconds between two looks: a program fills some hundred megabytes meanwhile."""


def watch_memory(pid: int, most: int, ended: threading.Event) -> threading.Thread:
    """Kill process ``pid`` and its descendants once they hold more than ``most`` bytes, until ``ended`` is set."""

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
