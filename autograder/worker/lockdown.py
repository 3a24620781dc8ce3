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
from dataclasses import dataclass, fields
from pathlib import Path

from autograder.vocabulary import Isolation
from autograder.worker import landlock, seccomp
from autograder.worker.seccomp import optional

if sys.platform != "win32":
    import resource  # here, for the standard library may be out of reach of the uid that the worker becomes

MEMORY = 1 << 30
"""Bytes of address space: the training needs about 0.2 GiB, and NumPy reserves as much again."""
OPEN_FILES = 64
"""Descriptors: the worker and its child use under ten, an import a few more."""
TASKS = 64
"""Processes and threads of the worker's own uid: room for a student's thread pool, none for a fork bomb."""
TASKS_BESIDE_OTHERS = 256
"""The same where the uid is shared with the person who grades, whose programs come and go meanwhile."""
STACK = 8 << 20
"""Bytes of stack: the usual limit, so recursion ends as it does in the student's notebook."""

FIRST_UID = 2_000_000_000
"""Above every real account, subordinate and systemd's dynamic uid."""
SLOTS = 16
"""Gradings that one process may run side by side."""
NOBODY = 65534
"""Stands in where the own uid is outside of the container's range: not our own, but no longer root."""

_CLONE_NEWIPC, _CLONE_NEWNET = 0x08000000, 0x40000000
_PR_SET_PDEATHSIG, _PR_SET_DUMPABLE, _PR_SET_CHILD_SUBREAPER = 1, 4, 36
_SIGKILL = 9


class ConfinementError(Exception):
    """A step of the confinement failed although the platform has it."""


@dataclass(frozen=True)
class Confinement:
    """The steps that are wanted; all of them unless a test leaves one out.

    ``fork`` answers every request in a process of its own; where the platform cannot, the worker answers itself.
    """

    rlimits: bool = True
    network_namespace: bool = True
    own_uid: bool = True
    no_new_privileges: bool = True
    parent_death_signal: bool = True
    landlock: bool = True
    seccomp: bool = True
    fork: bool = hasattr(os, "fork")


def own_uid(slot: int) -> int | None:
    """The uid of this process's grading number ``slot``, or None where only root could switch to it."""
    if not hasattr(os, "geteuid") or os.geteuid() != 0:
        return None
    return FIRST_UID + os.getpid() % (1 << 22) * SLOTS + slot % SLOTS


def limits_memory(wanted: Confinement) -> bool:
    """Whether the kernel bounds the worker's memory: macOS takes the limit and ignores it, Windows has none."""
    return wanted.rlimits and sys.platform == "linux"


def separates(isolation: Isolation) -> bool:
    """Whether submissions are kept from each other and from the results: by uids, or by Landlock with seccomp."""
    return "own uid" in isolation.applied or {"landlock", "seccomp"} <= set(isolation.applied)


def confine(wanted: Confinement, uid: int | None, parent: int) -> Isolation:
    """Confine this process for good. ``parent`` is the driver's process id; ``uid`` the uid to become, if any.

    Raises ``OSError`` or ``ConfinementError`` when a step that the platform has cannot be taken.
    """
    steps: dict[str, Callable[[], bool]] = {
        "rlimits": lambda: _limit_resources(uid),
        "network namespace": _leave_network,
        "own uid": lambda: uid is not None and _become(uid),
        "no new privileges": _renounce_privileges,
        "parent-death signal": lambda: _die_with(parent),
        "landlock": landlock.close_file_system,
        "seccomp": lambda: seccomp.forbid_escape(),
    }
    if wanted.landlock:
        optional("py_landlock")
    if wanted.seccomp:
        optional("pyseccomp")  # runs a program while it is imported, which later steps forbid
    asked = {field.name: getattr(wanted, field.name) for field in fields(wanted)}
    taken = {name: asked[name.replace(" ", "_").replace("-", "_")] and step() for name, step in steps.items()}
    taken["a process for each probe"] = wanted.fork
    return Isolation(
        tuple(name for name, done in taken.items() if done), tuple(name for name, done in taken.items() if not done)
    )


def confine_child(seconds: int, parent: int, *, filtered: bool) -> None:
    """What only the student's own process can bear: CPU ``seconds``, no files, no new processes, no signals."""
    # The deadline on the clock comes first; then a signal that says why, and one that cannot be ignored.
    lower_limit(resource.RLIMIT_CPU, seconds + 1, seconds + 2)
    if die_with_parent() and os.getppid() != parent:
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
            lower_limit(kind, limit)
    return True


def lower_limit(kind: int, soft: int, hard: int | None = None) -> None:
    """Set the soft and the hard limit, which are one if only one is given, but never above the hard limit in force."""
    most = resource.getrlimit(kind)[1]
    hard = soft if hard is None else hard
    if most != resource.RLIM_INFINITY:
        soft, hard = min(soft, most), min(hard, most)
    try:
        resource.setrlimit(kind, (soft, hard))
    except ValueError:
        if sys.platform != "darwin":  # which refuses an address space limit below what is mapped already
            raise


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
    return int(seccomp.libc().unshare(_CLONE_NEWNET | _CLONE_NEWIPC)) == 0


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
    return _set_attribute(seccomp.PR_SET_NO_NEW_PRIVS, 1)


def _die_with(parent: int) -> bool:
    """Die when the driver does; hide this process's memory from its equals; inherit and so keep sight of orphans."""
    if not die_with_parent():
        return False
    if os.getppid() != parent:
        raise ConfinementError("the driver ended before the worker was ready")
    seccomp.prctl(_PR_SET_DUMPABLE, 0)
    seccomp.prctl(_PR_SET_CHILD_SUBREAPER, 1)
    return True


def die_with_parent() -> bool:
    """Have the kernel kill this process when its parent ends. A fork and a new uid clear it."""
    return _set_attribute(_PR_SET_PDEATHSIG, _SIGKILL)


def _set_attribute(option: int, value: int) -> bool:
    """Set an attribute of this process; False where there are none, as they are Linux's."""
    if sys.platform != "linux":
        return False
    seccomp.prctl(option, value)
    return True
