"""Filters of system calls (seccomp) for the worker, and stricter ones for the student's process."""

from __future__ import annotations

import ctypes
import errno
import os
import sys
from collections.abc import Iterator
from functools import lru_cache
from itertools import pairwise
from typing import Any

from autograder.wire.kernel import prctl

_CLONE_THREAD = 0x10000
_O_ASYNC = 0x2000
_ALL_BITS = (1 << 64) - 1
_PR_SET_SECCOMP, _MODE_FILTER = 22, 2
PR_SET_NO_NEW_PRIVS = 38

_ESCAPES = (
    "execve execveat socket socketpair connect bind listen accept accept4 ",  # no programs, no network
    "ptrace process_vm_readv process_vm_writev pidfd_open pidfd_getfd kcmp process_madvise ",  # no other process
    "unshare setns mount umount2 pivot_root chroot open_by_handle_at fsopen open_tree move_mount ",  # no other mounts
    "bpf perf_event_open userfaultfd io_uring_setup keyctl add_key request_key init_module finit_module",
    "memfd_create memfd_secret shmget msgget semget mq_open ",  # nothing that outlives a process
    "chmod fchmod fchmodat fchmodat2 chown fchown lchown fchownat",  # what Landlock does not cover
    "utime utimes utimensat futimesat setxattr lsetxattr fsetxattr removexattr lremovexattr fremovexattr",
)
"""System calls denied to the worker. After it has confined itself, it needs none of them."""

_NEWER = (452, 463, 466, 469)
"""Numbers of ``fchmodat2``, ``setxattrat``, ``removexattrat`` and ``file_setattr``, also denied to the worker.

Some libraries are too old to know their names. System calls as new as these have the same number on every machine.
"""

_PROCESSES = (
    "fork vfork kill tkill tgkill rt_sigqueueinfo rt_tgsigqueueinfo pidfd_send_signal setsid setpgid",
    # They change the priority and the processor of processes with the same uid, which may be the grader's.
    "setpriority ioprio_set sched_setaffinity sched_setattr sched_setparam sched_setscheduler ",
    "move_pages migrate_pages ",
    "mincore cachestat",  # they show which parts of shared files are in memory, where other processes leave traces
)
"""System calls denied to the student's process as well; the worker needs some of them to start and end it."""


_PATHS = (
    "open openat openat2 creat stat lstat newfstatat statx access faccessat faccessat2 readlink readlinkat ",
    "getdents getdents64 chdir fchdir statfs fstatfs truncate name_to_handle_at listmount statmount ",
    "rename renameat renameat2 link linkat symlink symlinkat unlink unlinkat mkdir mkdirat rmdir mknod mknodat ",
    "inotify_init inotify_init1 inotify_add_watch fanotify_init fanotify_mark quotactl acct swapon swapoff",
)
"""System calls on file names, denied to the student's process, which needs none of them.

Landlock does not hide the names, sizes and times of files, and one process could leave traces there for the next.
"""

_FCNTL = frozenset({0, 1, 2, 3, 4, 1030})
"""Commands of ``fcntl`` that the student's process may use.

They are ``F_DUPFD``, ``F_GETFD``, ``F_SETFD``, ``F_GETFL``, ``F_SETFL`` and ``F_DUPFD_CLOEXEC``. Other commands could
make the kernel send any signal to any process of the same user, or leave a mark on an open file that others share.
"""
_IOCTL = frozenset({0x5401, 0x5413, 0x541B, 0x5421, 0x5450, 0x5451})
"""Commands of ``ioctl`` that the student's process may use, because Python itself does.

They are ``TCGETS``, ``TIOCGWINSZ``, ``FIONREAD``, ``FIONBIO``, ``FIONCLEX`` and ``FIOCLEX``.
"""


class _Program(ctypes.Structure):
    """Filter in the form that the kernel takes, its ``struct sock_fprog``."""

    _fields_ = (("length", ctypes.c_ushort), ("instructions", ctypes.c_char_p))


def forbid_escape() -> bool:
    """Forbid this process the system calls in ``_ESCAPES``; return False if the kernel or library has no filters."""
    return _load(_program(_ESCAPES, _NEWER))


def forbid_all_but_computing() -> bool:
    """Forbid this process files, signals and new processes; return False if there are no filters.

    Threads stay allowed.
    """
    return _load(process_filter())


@lru_cache(maxsize=1)
def process_filter() -> _Program | None:
    """Return the filter that ``forbid_all_but_computing`` loads, or None without the library.

    The worker makes it only once, because that takes as long as a probe.
    """
    return _program(_PROCESSES, paths=_PATHS, computes=True)


def _program(
    denied: tuple[str, ...], newer: tuple[int, ...] = (), *, paths: tuple[str, ...] = (), computes: bool = False
) -> _Program | None:
    """Return a filter that denies these system calls, or None if the library is missing.

    ``denied`` and ``paths`` are names, ``newer`` are numbers. ``computes`` is true for a process that only computes: it
    is denied processes, other processes' limits, and most commands of ``fcntl`` and ``ioctl`` too.
    """
    seccomp = optional("pyseccomp") if sys.platform == "linux" else None
    if seccomp is None:
        return None
    rules = seccomp.SyscallFilter(seccomp.ALLOW)
    for number in _numbers(seccomp, denied) | set(newer):
        rules.add_rule(seccomp.ERRNO(errno.EPERM), number)
    for number in _numbers(seccomp, paths):
        rules.add_rule(seccomp.ERRNO(errno.EACCES), number)  # as Landlock would answer
    if computes:
        rules.add_rule(seccomp.ERRNO(errno.EPERM), "clone", seccomp.Arg(0, seccomp.MASKED_EQ, _CLONE_THREAD, 0))
        # The filter cannot see the flags of clone3, which are in memory; without it the C library uses clone.
        rules.add_rule(seccomp.ERRNO(errno.ENOSYS), "clone3")
        rules.add_rule(seccomp.ERRNO(errno.EPERM), "prlimit64", seccomp.Arg(0, seccomp.NE, 0))
        _forbid_commands(seccomp, rules, "fcntl", _FCNTL)
        _forbid_commands(seccomp, rules, "ioctl", _IOCTL)
        rules.add_rule(seccomp.ERRNO(errno.EPERM), "fcntl", *_sets_async(seccomp))
    return _exported(rules)


def _numbers(seccomp: Any, names: tuple[str, ...]) -> set[int]:
    """Return the numbers of those system calls whose names the library knows."""
    return {seccomp.resolve_syscall(seccomp.Arch.NATIVE, name) for name in " ".join(names).split()} - {-1}


def _forbid_commands(seccomp: Any, rules: Any, call: str, allowed: frozenset[int]) -> None:
    """Add rules that forbid ``call`` with any command but the ``allowed`` ones. The command is its second argument.

    The kernel reads only the lower half of this argument. An argument with bits in its upper half is larger than every
    allowed command, so the last rule forbids it.
    """
    ordered = [-1, *sorted(allowed)]
    for below, above in pairwise(ordered):
        for number, size in _aligned_blocks(below + 1, above):
            rules.add_rule(
                seccomp.ERRNO(errno.EPERM), call, seccomp.Arg(1, seccomp.MASKED_EQ, _ALL_BITS - size + 1, number)
            )
    rules.add_rule(seccomp.ERRNO(errno.EPERM), call, seccomp.Arg(1, seccomp.GT, ordered[-1]))


def _aligned_blocks(first: int, end: int) -> Iterator[tuple[int, int]]:
    """Yield blocks that cover the numbers from ``first`` to before ``end``, each with its first number and its size.

    The size is a power of two, and the first number a multiple of it. Such a block can be tested by one rule, which
    compares the upper bits.
    """
    while first < end:
        size = first & -first or 1 << end.bit_length()
        while size > end - first:
            size >>= 1
        yield first, size
        first += size


def _sets_async(seccomp: Any) -> tuple[Any, Any]:
    """Return the arguments of a ``fcntl`` that sets ``O_ASYNC``, which makes the kernel send signals to an owner."""
    set_flags = seccomp.Arg(1, seccomp.EQ, 4)
    return set_flags, seccomp.Arg(2, seccomp.MASKED_EQ, _O_ASYNC, _O_ASYNC)


def _exported(rules: Any) -> _Program:
    """Return the library's ``rules`` as the kernel's instructions of eight bytes each.

    They fit into a pipe, so writing them does not block.
    """
    reading, writing = os.pipe()
    with os.fdopen(reading, "rb") as source:
        with os.fdopen(writing, "wb") as sink:
            rules.export_bpf(sink)
        instructions = source.read()
    return _Program(len(instructions) // 8, instructions)


def _load(program: _Program | None) -> bool:
    if program is None:
        return False
    try:
        prctl(PR_SET_NO_NEW_PRIVS, 1)  # else only root may load a filter
        prctl(_PR_SET_SECCOMP, _MODE_FILTER, ctypes.addressof(program))
    except OSError as error:
        if error.errno in (errno.EINVAL, errno.ENOSYS):  # a kernel without filters
            return False
        raise
    return True


def optional(name: str) -> Any:
    """Return the module of that name, or None if it or its C library is not installed."""
    try:
        return __import__(name)
    except (ImportError, RuntimeError, OSError, AttributeError):
        return None
