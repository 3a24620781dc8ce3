"""The watchdog ends a whole family of processes that holds too much memory, and ends itself when it is told to."""

from __future__ import annotations

import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager

import psutil

from autograder.wire.memory_watchdog import watch_memory

FAMILY = """
import subprocess, sys, time
generations = int(sys.argv[1])
held = b"x" * (0 if generations else 80 << 20)
if generations:
    child = subprocess.Popen([sys.executable, "-c", sys.argv[2], str(generations - 1), sys.argv[2]])
print("ready", flush=True)
time.sleep(60)
"""
"""A program with so many generations of children; the youngest holds 80 MB."""


@contextmanager
def family(generations: int) -> Iterator[subprocess.Popen[str]]:
    command = [sys.executable, "-c", FAMILY, str(generations), FAMILY]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as process:
        try:
            assert process.stdout is not None
            for _ in range(generations + 1):
                assert process.stdout.readline() == "ready\n"
            yield process
        finally:
            for one in psutil.Process(process.pid).children(recursive=True) if process.poll() is None else ():
                one.kill()
            process.kill()


def test_a_family_that_holds_too_much_is_ended_down_to_the_grandchildren() -> None:
    with family(2) as process:
        members = psutil.Process(process.pid).children(recursive=True)
        assert len(members) == 2
        watch_memory(process.pid, 70 << 20, threading.Event())
        assert process.wait(30) == -9
        assert psutil.wait_procs(members, 30)[1] == []


def test_a_process_with_enough_memory_is_left_alone_until_the_watchdog_is_told_to_end() -> None:
    with family(0) as process:
        ended = threading.Event()
        watchdog = watch_memory(process.pid, 1 << 40, ended)
        assert watchdog.daemon  # so it holds nobody up who ends early
        watchdog.join(0.5)
        assert watchdog.is_alive()
        ended.set()
        watchdog.join(30)
        assert not watchdog.is_alive()
        assert process.poll() is None


def test_the_watchdog_ends_with_the_process() -> None:
    with family(0) as process:
        watchdog = watch_memory(process.pid, 1 << 40, threading.Event())
        process.kill()
        process.wait()
        watchdog.join(30)
        assert not watchdog.is_alive()
