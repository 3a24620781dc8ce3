"""Each level of the confinement, and what it stops; without it, the same action succeeds."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import suppress
from pathlib import Path

import psutil
import pytest
from confined_process import NOTHING, User, only, ordinary_user, root
from specimens import ROOT

from autograder.vocabulary import Isolation, Step
from autograder.wire.confinement import FIRST_UID, FULL, Confinement, own_uid, separates

pytestmark = [
    pytest.mark.skipif(sys.platform != "linux", reason="the levels are Linux's"),
    pytest.mark.serial,
]

UID = FIRST_UID + 7


@pytest.fixture
def canary() -> Iterator[Path]:
    """A file that everyone may read, in a folder that everyone may write to."""
    with tempfile.TemporaryDirectory(dir="/tmp") as folder:
        Path(folder).chmod(0o777)
        path = Path(folder) / "canary"
        path.write_text("canary")
        path.chmod(0o666)
        yield path
        assert path.read_text() == "canary"


def denied(user: User, step: Step, action: str, *, uid: int | None = None) -> str:
    """The error with which ``step`` alone denies ``action``, which is allowed without it."""
    assert attempted(user, NOTHING, action) == ["done"]
    [error] = attempted(user, only(step), action, uid=uid)
    return error


def attempted(user: User, wanted: Confinement, *actions: str, uid: int | None = None) -> list[str]:
    """What each of the actions comes to in one process that is confined so: an error, or ``done``."""
    code = "\n".join(f"attempt(lambda: {action})" for action in actions)
    return user.run(wanted, code, uid=uid).split("\n")


# --- resource limits ----------------------------------------------------------------------------------------------


def test_limits_deny_a_byte_to_every_file(canary: Path) -> None:
    action = f"open({str(canary.with_name('new'))!r}, 'w', buffering=1).write('byte\\n')"
    assert denied(ordinary_user(), Step.RLIMITS, action) == "OSError"


def test_limits_deny_two_gigabytes_of_memory() -> None:
    assert denied(ordinary_user(), Step.RLIMITS, "__import__('mmap').mmap(-1, 2 << 30).close()") == "OSError"


def test_limits_deny_a_thousand_open_files() -> None:
    assert denied(ordinary_user(), Step.RLIMITS, "[os.dup(1) for _ in range(200)]") == "OSError"


def test_limits_deny_hundreds_of_threads_to_an_own_uid() -> None:
    # A small stack, so that it is not the address space that runs out.
    code = """
import _thread, time
_thread.stack_size(1 << 16)
started = 0
try:
    for _ in range(200):
        _thread.start_new_thread(time.sleep, (60,))
        started += 1
except RuntimeError:
    pass
print(started, flush=True)
os._exit(0)
"""
    assert int(root().run(only(Step.OWN_UID), code, uid=UID)) == 200
    assert int(root().run(only(Step.RLIMITS, Step.OWN_UID), code, uid=UID)) < 64


# --- identity -----------------------------------------------------------------------------------------------------


def test_an_own_uid_cannot_read_what_only_root_may(canary: Path) -> None:
    canary.chmod(0o600)
    assert denied(root(), Step.OWN_UID, f"open({str(canary)!r}).read()", uid=UID) == "PermissionError"


def test_an_own_uid_cannot_signal_the_driver() -> None:
    assert denied(root(), Step.OWN_UID, "os.kill(os.getppid(), 0)", uid=UID) == "PermissionError"


def test_an_own_uid_cannot_become_root_again() -> None:
    assert denied(root(), Step.OWN_UID, "os.setuid(0)", uid=UID) == "PermissionError"


def test_an_own_uid_has_no_groups_left() -> None:
    code = "print(os.getgroups(), os.getresuid())"
    assert root().run(only(Step.OWN_UID), code, uid=UID) == f"[] ({UID}, {UID}, {UID})"


def test_two_slots_have_two_uids_and_no_real_user_has_either() -> None:
    root()
    first, second = own_uid(0), own_uid(1)
    assert first is not None
    assert second is not None
    assert first != second
    assert min(first, second) >= FIRST_UID


def test_privileges_cannot_be_gained_by_a_program() -> None:
    code = "import ctypes; print(ctypes.CDLL(None).prctl(39, 0, 0, 0, 0))"
    assert ordinary_user().run(NOTHING, code) == "0"
    assert ordinary_user().run(only(Step.NO_NEW_PRIVILEGES), code) == "1"


# --- the network --------------------------------------------------------------------------------------------------


def test_a_network_namespace_has_no_loopback() -> None:
    with socket.create_server(("127.0.0.1", 0)) as server:
        action = f"__import__('socket').create_connection(('127.0.0.1', {server.getsockname()[1]}), 5).close()"
        assert denied(root(), Step.NETWORK_NAMESPACE, action) == "OSError"


def test_landlock_denies_tcp_to_an_ordinary_user() -> None:
    with socket.create_server(("127.0.0.1", 0)) as server:
        action = f"__import__('socket').create_connection(('127.0.0.1', {server.getsockname()[1]}), 5).close()"
        assert denied(ordinary_user(), Step.LANDLOCK, action) == "PermissionError"


# --- files --------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("user", [root, ordinary_user])
def test_landlock_closes_files_that_everyone_may_use(canary: Path, user: Callable[[], User]) -> None:
    path = str(canary)
    actions = (
        f"open({path!r}).read()",
        f"open({path!r}, 'a').close()",
        f"os.mkdir({path!r} + '-new')",
        f"os.listdir(os.path.dirname({path!r}))",
    )
    assert attempted(user(), only(Step.LANDLOCK), *actions) == ["PermissionError"] * len(actions)
    assert attempted(user(), NOTHING, *actions) == ["done"] * len(actions)


@pytest.mark.parametrize("user", [root, ordinary_user])
def test_landlock_leaves_the_standard_library_and_numpy(user: type) -> None:
    code = "import wave, numpy.polynomial, colorsys; print(wave.__name__)"
    assert user().run(only(Step.LANDLOCK), code) == "wave"


def test_landlock_closes_the_packages_beside_numpy() -> None:
    import py_landlock

    assert denied(ordinary_user(), Step.LANDLOCK, f"open({py_landlock.__file__!r}).read()") == "PermissionError"


def test_landlock_closes_the_grader_itself() -> None:
    action = f"open({str(ROOT / 'autograder' / 'autodiff' / 'assignment.py')!r}).read()"
    assert denied(root(), Step.LANDLOCK, action) == "PermissionError"


def test_landlock_denies_signals_to_the_driver() -> None:
    assert denied(root(), Step.LANDLOCK, "os.kill(os.getppid(), 0)") == "PermissionError"


# --- system calls -------------------------------------------------------------------------------------------------


def test_the_filter_denies_what_reaches_beyond_the_process(canary: Path) -> None:
    path = str(canary)
    actions = (
        "os.fork() or os._exit(0)",
        "__import__('subprocess').check_call(['/bin/true'])",
        "__import__('socket').socket().close()",
        "os.kill(os.getpid(), 0)",
        "os.memfd_create('memory')",
        f"os.chmod({path!r}, 0o666)",
        f"os.utime({path!r})",
        "os.execv('/bin/sh', ['sh', '-c', 'echo done'])",  # the last one, for it ends the others
    )
    assert attempted(root(), NOTHING, *actions) == ["done"] * len(actions)
    assert attempted(root(), only(Step.SECCOMP), *actions) == ["PermissionError"] * len(actions)


def test_the_filter_leaves_threads() -> None:
    code = "import threading; t = threading.Thread(target=print, args=('ran',)); t.start(); t.join()"
    assert ordinary_user().run(only(Step.SECCOMP), code) == "ran"


def test_the_filter_denies_other_processes_limits() -> None:
    action = "__import__('resource').prlimit(os.getppid(), __import__('resource').RLIMIT_NOFILE)"
    assert denied(root(), Step.SECCOMP, action) == "PermissionError"


# --- the driver's end ---------------------------------------------------------------------------------------------

_DRIVER = """
import subprocess, sys
worker = subprocess.Popen([sys.executable, "-I", "-c", {worker!r}], stdout=subprocess.PIPE)
worker.stdout.readline()
print(worker.pid, flush=True)
worker.wait()
"""
_WORKER = """
import os, sys, time
sys.path.append({root!r})
import numpy
from autograder.vocabulary import Step
from autograder.worker.lockdown import confine
confine(frozenset(map(Step, {wanted!r})), None, os.getppid())
print("ready", flush=True)
time.sleep(20)
"""


@pytest.mark.parametrize("wanted", [only(Step.PARENT_DEATH_SIGNAL), NOTHING], ids=["with", "without"])
def test_the_worker_dies_with_its_driver(wanted: Confinement) -> None:
    script = _DRIVER.format(worker=_WORKER.format(root=str(ROOT), wanted=[step.value for step in wanted]))
    with subprocess.Popen([sys.executable, "-I", "-c", script], stdout=subprocess.PIPE, text=True) as driver:
        assert driver.stdout is not None
        worker = psutil.Process(int(driver.stdout.readline()))
        driver.kill()
    try:
        assert _gone(worker, 5.0 if wanted else 0.3) == bool(wanted)
    finally:
        with suppress(psutil.NoSuchProcess):
            worker.send_signal(signal.SIGKILL)


def _gone(process: psutil.Process, seconds: float) -> bool:
    deadline = time.monotonic() + seconds
    while time.monotonic() < deadline:
        with suppress(psutil.NoSuchProcess):
            if process.status() != psutil.STATUS_ZOMBIE:
                time.sleep(0.01)
                continue
        return True
    return False


def test_the_workers_memory_is_hidden_from_its_equals() -> None:
    code = "import ctypes; print(ctypes.CDLL(None).prctl(3, 0, 0, 0, 0))"
    assert ordinary_user().run(NOTHING, code) == "1"
    assert ordinary_user().run(only(Step.PARENT_DEATH_SIGNAL), code) == "0"


# --- reporting ----------------------------------------------------------------------------------------------------


def test_a_step_that_cannot_be_taken_is_reported_as_missing() -> None:
    code = "print(Step.OWN_UID in isolation.missing, Step.NETWORK_NAMESPACE in isolation.missing)"
    assert ordinary_user().run(FULL, code) == "True True"


def test_everything_else_holds_for_an_ordinary_user() -> None:
    isolation = ordinary_user().run(FULL, "print(isolation.to_json())")
    assert "landlock" in isolation
    assert "seccomp" in isolation


def test_a_step_that_fails_aborts() -> None:
    script = _WORKER.format(root=str(ROOT), wanted=[Step.PARENT_DEATH_SIGNAL.value]).replace(
        "os.getppid()", "1 + os.getpid()"
    )
    assert "ConfinementError" in ordinary_user().run_unconfined(script)


@pytest.mark.parametrize(
    "applied, enough",
    [
        ((Step.OWN_UID,), True),
        ((Step.LANDLOCK, Step.SECCOMP), True),
        ((Step.LANDLOCK,), False),
        ((Step.SECCOMP, Step.NETWORK_NAMESPACE, Step.RLIMITS, Step.NO_NEW_PRIVILEGES), False),
        ((), False),
    ],
)
def test_enough_for_a_class_are_uids_or_landlock_with_seccomp(applied: tuple[Step, ...], enough: bool) -> None:
    assert separates(Isolation(applied)) is enough


def test_nothing_is_wanted_of_a_uid_where_there_is_no_root(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(os, "geteuid", lambda: 1000)
    assert own_uid(0) is None
