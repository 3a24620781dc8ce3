"""The confinement of the worker, which locks itself in before it reads any of the student's text.

A step that the platform lacks is reported as missing. A step that fails in any other way raises, because no grade is
better than a grade without the wall. The order of the steps matters. Steps that need root come before the change of
uid. Settings that the kernel clears with a new uid come after it. The filter comes last, as it forbids the other steps.
"""

from __future__ import annotations

import errno
import os
import sys
from collections.abc import Callable
from pathlib import Path

from autograder.vocabulary import Isolation, Step
from autograder.wire import kernel
from autograder.wire.confinement import MEMORY, Confinement
from autograder.worker import landlock, seccomp
from autograder.worker.seccomp import optional

if sys.platform != "win32":
    import resource  # imported early: the worker's later uid may have no access to the standard library

OPEN_FILES = 64
"""Maximum number of open descriptors. The worker and its child use under ten, an import a few more."""
TASKS = 64
"""Maximum number of processes and threads of the worker's own uid: a thread pool fits in, a fork bomb does not."""
TASKS_BESIDE_OTHERS = 256
"""Maximum number of new processes and threads where the uid is also that of the person who grades.

It is larger than ``TASKS``, because that person's programs start and end meanwhile.
"""
STACK = 8 << 20
"""Size of the stack in bytes. It is the usual limit, so recursion ends as it does in the student's notebook."""

NOBODY = 65534
"""Uid that the worker takes if the container does not map its own uid: not the worker's alone, but no longer root."""

_CLONE_NEWIPC, _CLONE_NEWNET = 0x08000000, 0x40000000
_PR_SET_DUMPABLE, _PR_SET_CHILD_SUBREAPER = 4, 36


class ConfinementError(Exception):
    """Exception for a step of the confinement that failed although the platform has it."""


def confine(wanted: Confinement, uid: int | None, parent: int) -> Isolation:
    """Confine this process for good, and return the steps that were taken and those that are missing.

    ``parent`` is the driver's process id. ``uid`` is the uid to take, if any.

    Raises ``OSError`` or ``ConfinementError`` if a step fails that the platform has.
    """
    steps: dict[Step, Callable[[], bool]] = {
        Step.RLIMITS: lambda: _limit_resources(uid),
        Step.NETWORK_NAMESPACE: _leave_network,
        Step.OWN_UID: lambda: uid is not None and _become(uid),
        Step.NO_NEW_PRIVILEGES: _renounce_privileges,
        Step.PARENT_DEATH_SIGNAL: lambda: _die_with(parent),
        Step.LANDLOCK: landlock.close_file_system,
        Step.SECCOMP: seccomp.forbid_escape,
        Step.FORK: lambda: True,  # it is taken anew with every request
    }
    if Step.LANDLOCK in wanted:
        optional("py_landlock")
    if Step.SECCOMP in wanted:
        optional("pyseccomp")  # runs a program while it is imported, which later steps forbid
    taken = {step: step in wanted and take() for step, take in steps.items()}
    return Isolation(
        tuple(step for step, done in taken.items() if done), tuple(step for step, done in taken.items() if not done)
    )


def confine_child(seconds: int, parent: int, *, filtered: bool) -> None:
    """Confine the student's own process further: it gets ``seconds`` of CPU time, no files, processes or signals.

    Raises ``ConfinementError`` if that fails, or if the worker, whose process id is ``parent``, has ended.
    """
    # The deadline on the clock comes first. One second later comes SIGXCPU, which says why, and then SIGKILL.
    kernel.lower_limit(resource.RLIMIT_CPU, seconds + 1, seconds + 2)
    if kernel.die_with_parent() and os.getppid() != parent:
        raise ConfinementError("the worker ended")
    if filtered and not seccomp.forbid_all_but_computing():
        raise ConfinementError("the second filter of system calls does not load")


# --- limits, network, identity ------------------------------------------------------------------------------------


def _limit_resources(uid: int | None) -> bool:
    if sys.platform == "win32":
        return False
    limits = {
        "RLIMIT_AS": MEMORY,
        "RLIMIT_NPROC": TASKS if uid is not None else _tasks_of(os.getuid()) + TASKS_BESIDE_OTHERS,
        "RLIMIT_FSIZE": 0,  # no byte can be written to any file; pipes are no files
        "RLIMIT_NOFILE": OPEN_FILES,
        "RLIMIT_STACK": STACK,
        "RLIMIT_CORE": 0,
        "RLIMIT_MSGQUEUE": 0,
    }
    for name, limit in limits.items():
        kind = getattr(resource, name, None)  # macOS has no message queues
        if kind is not None:
            kernel.lower_limit(kind, limit)
    return True


def _tasks_of(uid: int) -> int:
    """Return the number of threads of all processes of ``uid``, or 0 where there is no ``/proc``."""
    total = 0
    for status in Path("/proc").glob("[0-9]*/status"):
        try:
            entries = dict(line.split(":", 1) for line in status.read_text().splitlines() if ":" in line)
        except OSError:  # the process has ended meanwhile
            continue
        if entries["Uid"].split()[0] == str(uid):
            total += int(entries["Threads"])
    return total


def _leave_network() -> bool:
    """Move to a network without interfaces and to System V IPC without other users; return False if refused.

    It needs root, and a kernel that allows it.
    """
    if sys.platform != "linux":
        return False
    return int(kernel.libc().unshare(_CLONE_NEWNET | _CLONE_NEWIPC)) == 0


def _become(uid: int) -> bool:
    try:
        _switch_to(uid)
        became = True
    except OSError as error:
        if error.errno != errno.EINVAL:  # EINVAL means that the user namespace does not map this uid
            raise
        _switch_to(NOBODY)
        became = False
    try:
        os.setuid(0)
    except PermissionError:
        return became
    raise ConfinementError("the worker could become root again")


def _switch_to(uid: int) -> None:
    os.setgroups([])
    os.setresgid(uid, uid, uid)
    os.setresuid(uid, uid, uid)


def _renounce_privileges() -> bool:
    return kernel.set_attribute(seccomp.PR_SET_NO_NEW_PRIVS, 1)


def _die_with(parent: int) -> bool:
    """Make this process end with the driver, hide its memory from processes of the same uid, and adopt orphans.

    Raises ``ConfinementError`` if the driver has ended already.
    """
    if not kernel.die_with_parent():
        return False
    if os.getppid() != parent:
        raise ConfinementError("the driver ended before the worker was ready")
    kernel.prctl(_PR_SET_DUMPABLE, 0)
    kernel.prctl(_PR_SET_CHILD_SUBREAPER, 1)
    return True
