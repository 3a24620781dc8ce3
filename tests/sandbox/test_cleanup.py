"""Every process that a worker's code may have started is found and ended, and none beside it."""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import suppress
from pathlib import Path

import psutil
import pytest

from autograder.sandbox import cleanup
from autograder.sandbox.cleanup import end_all, of_uid, of_worker

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="sessions and uids")

needs_root = pytest.mark.skipif(
    not hasattr(os, "geteuid") or os.geteuid() != 0, reason="only root can become another user"
)
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


def asleep(processes: Callable[[], list[psutil.Process]]) -> psutil.Process:
    """Wait until one of the processes is what shall be left behind, and return it."""
    deadline = time.monotonic() + 10
    while time.monotonic() < deadline:
        for process in processes():
            if _command(process) == ["sleep", LONG]:
                return process
        time.sleep(0.01)
    raise AssertionError("it never began")


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
    left = asleep(of_worker(worker.pid))
    assert worker.pid not in [process.pid for process in of_worker(worker.pid)()]
    assert end_all(lambda: [process for process in of_worker(worker.pid)() if process == left])
    assert not cleanup._is_alive(left)


def test_processes_of_others_are_no_part_of_it(start: Start) -> None:
    worker, other = start(f"sleep {LONG} & wait"), start(f"sleep {LONG} & wait")
    theirs = asleep(of_worker(other.pid))
    assert end_all(of_worker(worker.pid))
    assert cleanup._is_alive(theirs)


@needs_root
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


# --- files --------------------------------------------------------------------------------------------------------


def test_files_and_folders_are_removed_and_a_link_to_a_folder_leaves_the_folder(tmp_path: Path) -> None:
    inside = tmp_path / "folder" / "inside.txt"
    inside.parent.mkdir()
    inside.touch()
    link, broken = tmp_path / "link", tmp_path / "broken"
    link.symlink_to(inside.parent)
    broken.symlink_to(tmp_path / "nothing")
    for path in (link, broken, tmp_path / "never there"):
        cleanup.remove(path)
    assert [path.name for path in tmp_path.iterdir()] == ["folder"]
    assert inside.exists()
    cleanup.remove(inside)
    assert not inside.exists()
    inside.touch()
    cleanup.remove(inside.parent)
    assert not [*tmp_path.iterdir()]


@needs_root
def test_a_user_s_files_where_everyone_may_write_are_removed_and_no_other_s(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    theirs, folder, ours = tmp_path / "theirs", tmp_path / "folder", tmp_path / "ours"
    (folder / "deep").mkdir(parents=True)
    for path in (theirs, ours):
        path.touch()
    for path in (theirs, folder):
        os.chown(path, OTHER_UID, OTHER_UID)
    monkeypatch.setattr(cleanup, "SHARED", (tmp_path,))  # no test of this may look at real folders
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    cleanup.remove_files_of(OTHER_UID)
    assert [path.name for path in tmp_path.iterdir()] == ["ours"]
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path / "gone"))
    cleanup.remove_files_of(OTHER_UID)
