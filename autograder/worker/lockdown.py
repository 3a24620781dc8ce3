"""The worker locks itself in, step by step, before any of the student's text reaches it.

A step the platform lacks is reported as missing. A step that fails in any other way raises: better no grade than a
grade without the wall. The order matters: what needs root comes before the uid is given up, what the kernel clears with
a new uid comes after it, and the filter that would forbid the other steps comes last.
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
    import resource  # here, for the standard library may be out of reach of the uid that the worker becomes

OPEN_FILES = 64
"""Descriptors: the worker and its child use under ten, an import a few more."""
TASKS = 64
"""Processes and threads of the worker's own uid: room for a student's thread pool, none for a fork bomb."""
TASKS_BESIDE_OTHERS = 256
"""The same where the uid is shared with the person who grades, whose programs come and go meanwhile."""
STACK = 8 << 20
"""Bytes of stack: the usual limit, so recursion ends as it does in the student's notebook."""

NOBODY = 65534
"""Stands in where the own uid is outside of the container's range: not our own, but no longer root."""

_CLONE_NEWIPC, _CLONE_NEWNET = 0x08000000, 0x40000000
_PR_SET_DUMPABLE, _PR_SET_CHILD_SUBREAPER = 4, 36


class ConfinementError(Exception):
    """A step of the confinement failed although the platform has it."""


def confine(wanted: Confinement, uid: int | None, parent: int) -> Isolation:
    """Confine this process for good. ``parent`` is the driver's process id; ``uid`` the uid to become, if any.

    Raises ``OSError`` or ``ConfinementError`` when a step that the platform has cannot be taken.
    """
    steps: dict[Step, Callable[[], bool]] = {
        Step.RLIMITS: lambda: _limit_resources(uid),
        Step.NETWORK_NAMESPACE: _leave_network,
        Step.OWN_UID: lambda: uid is not None and _become(uid),
        Step.NO_NEW_PRIVILEGES: _renounce_privileges,
        Step.PARENT_DEATH_SIGNAL: lambda: _die_with(parent),
        Step.LANDLOCK: landlock.close_file_system,
        Step.SECCOMP: seccomp.forbid_escape,
        Step.FORK: lambda: True,  # taken with every request
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
    """What only the student's own process can bear: CPU ``seconds``, no files, no new processes, no signals."""
    # The deadline on the clock comes first; then a signal that says why, and one that cannot be ignored.
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
        "RLIMIT_FSIZE": 0,  # no file anywhere receives a byte; pipes are no files
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
    """Threads of all processes of ``uid``; 0 where there is no ``/proc`` to count them in."""
    total = 0
    for status in Path("/proc").glob("[0-9]*/status"):
        try:
            entries = dict(line.split(":", 1) for line in status.read_text().splitlines() if ":" in line)
        except OSError:  # it ended meanwhile
            continue
        if entries["Uid"].split()[0] == str(uid):
            total += int(entries["Threads"])
    return total


def _leave_network() -> bool:
    """Enter a network without an interface, and System V IPC without other users; needs root, and some kernels."""
    if sys.platform != "linux":
        return False
    return int(kernel.libc().unshare(_CLONE_NEWNET | _CLONE_NEWIPC)) == 0


def _become(uid: int) -> bool:
    try:
        _switch_to(uid)
        became = True
    except OSError as error:
        if error.errno != errno.EINVAL:  # EINVAL: a user namespace that maps no such uid
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
    """Die when the driver does; hide this process's memory from its equals; inherit and so keep sight of orphans."""
    if not kernel.die_with_parent():
        return False
    if os.getppid() != parent:
        raise ConfinementError("the driver ended before the worker was ready")
    kernel.prctl(_PR_SET_DUMPABLE, 0)
    kernel.prctl(_PR_SET_CHILD_SUBREAPER, 1)
    return True
