"""Every process that a worker's code may have started is found and ended, and none beside it."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import suppress

import psutil
import pytest

from autograder.sandbox import cleanup
from autograder.sandbox.cleanup import end_all, of_uid, of_worker

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="sessions and uids")

OTHER_UID = 54_321
LONG = "60"
"""Seconds that what is to be ended would last."""
Start = Callable[..., psutil.Process]


@pytest.fixture
def start() -> Iterator[Start]:
    """A function that starts a shell's command in a session of its own; all of it is ended after the test."""
    started: list[psutil.Popen] = []

    def start(command: str, user: int | None = None) -> psutil.Process:
        started.append(psutil.Popen(["sh", "-c", command], user=user, start_new_session=True))
        return psutil.Process(started[-1].pid)

    yield start
    for process in started:
        with suppress(psutil.Error, OSError):
            os.killpg(process.pid, 9)
        process.wait(timeout=10)


def asleep(processes: Callable[[], list[psutil.Process]], number: int = 1) -> list[psutil.Process]:
    """Wait until this many of the processes sleep for long, and return them."""
    deadline = time.monotonic() + 10
    while time.monotonic() < deadline:
        found = [process for process in processes() if _command(process)[:1] == ["sleep"]]
        if len(found) >= number:
            return found
        time.sleep(0.01)
    raise AssertionError("they never began")


def _command(process: psutil.Process) -> list[str]:
    with suppress(psutil.Error):
        return list(process.cmdline())
    return []


@pytest.mark.parametrize(
    "command",
    [f"setsid sleep {LONG} & wait", f"(sleep {LONG} &); while :; do sleep 0.05 0.01; done"],
    ids=["a child in another session", "an orphan in its session"],
)
def test_what_a_worker_left_is_found_and_ended_and_the_worker_is_not(start: Start, command: str) -> None:
    worker = start(command)
    left = next(one for one in asleep(of_worker(worker.pid)) if _command(one) == ["sleep", LONG])
    assert worker.pid not in [process.pid for process in of_worker(worker.pid)()]
    assert end_all(lambda: [process for process in of_worker(worker.pid)() if process == left])
    assert not cleanup._is_alive(left)


def test_processes_of_others_are_no_part_of_it(start: Start) -> None:
    worker, other = start(f"sleep {LONG} & wait"), start(f"sleep {LONG} & wait")
    [theirs] = asleep(of_worker(other.pid))
    assert end_all(of_worker(worker.pid))
    assert cleanup._is_alive(theirs)


@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() != 0, reason="only root can become another user")
def test_a_user_s_processes_are_ended_and_no_other_s(start: Start) -> None:
    theirs, ours = start(f"exec sleep {LONG}", OTHER_UID), start(f"exec sleep {LONG}")
    assert theirs in of_uid(OTHER_UID)()
    assert ours not in of_uid(OTHER_UID)()
    assert end_all(of_uid(OTHER_UID))
    assert not cleanup._is_alive(theirs)
    assert cleanup._is_alive(ours)


def test_all_are_stopped_before_the_first_is_killed(start: Start, monkeypatch: pytest.MonkeyPatch) -> None:
    processes = [start(f"exec sleep {LONG}") for _ in range(2)]
    done: list[tuple[str, int]] = []
    monkeypatch.setattr(psutil.Process, "suspend", lambda self: done.append(("stop", self.pid)))
    monkeypatch.setattr(psutil.Process, "kill", lambda self: done.append(("kill", self.pid)))
    monkeypatch.setattr(cleanup, "ROUNDS", 3)
    assert not end_all(lambda: processes)  # nothing of it is done, so they survive
    once = [(act, process.pid) for act in ("stop", "kill") for process in processes]
    assert done == 3 * once


def test_one_that_has_ended_and_was_not_waited_for_is_not_alive() -> None:
    with subprocess.Popen(["true"]) as process:
        zombie = psutil.Process(process.pid)
        deadline = time.monotonic() + 10
        while zombie.status() != psutil.STATUS_ZOMBIE and time.monotonic() < deadline:
            time.sleep(0.01)
        assert end_all(lambda: [zombie])
