"""Filters of system calls (seccomp): what the worker and the student's process may not even ask the kernel for."""

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
    "unshare setns mount umount2 pivot_root chroot open_by_handle_at fsopen open_tree move_mount ",  # no new views
    "bpf perf_event_open userfaultfd io_uring_setup keyctl add_key request_key init_module finit_module",
    "memfd_create memfd_secret shmget msgget semget mq_open ",  # nothing that outlives a process
    "chmod fchmod fchmodat fchmodat2 chown fchown lchown fchownat",  # what Landlock does not cover
    "utime utimes utimensat futimesat setxattr lsetxattr fsetxattr removexattr lremovexattr fremovexattr",
)
"""Denied to the worker: nothing it does after confining itself needs them."""

_NEWER = (452, 463, 466, 469)
"""``fchmodat2``, ``setxattrat``, ``removexattrat``, ``file_setattr``: newer than some libraries know by name. Calls as
new as these have the same number on every machine."""

_PROCESSES = (
    "fork vfork kill tkill tgkill rt_sigqueueinfo rt_tgsigqueueinfo pidfd_send_signal setsid setpgid",
    # An equal's priority and place: where there is no own uid, the grader and other submissions are equals.
    "setpriority ioprio_set sched_setaffinity sched_setattr sched_setparam sched_setscheduler ",
    "move_pages migrate_pages ",
    "mincore cachestat",  # which parts of shared files are in memory: others leave traces there
)
"""Denied to the process that runs student code on top of that; the worker needs some of them to start and end it."""


_PATHS = (
    "open openat openat2 creat stat lstat newfstatat statx access faccessat faccessat2 readlink readlinkat ",
    "getdents getdents64 chdir fchdir statfs fstatfs truncate name_to_handle_at listmount statmount ",
    "rename renameat renameat2 link linkat symlink symlinkat unlink unlinkat mkdir mkdirat rmdir mknod mknodat ",
    "inotify_init inotify_init1 inotify_add_watch fanotify_init fanotify_mark quotactl acct swapon swapoff",
)
"""What names a file, or tells of one. Landlock lets the sizes, times and names of all files be seen, and what was read
or looked at can be seen afterwards by the next process; the student's process needs none of it."""

_FCNTL = frozenset({0, 1, 2, 3, 4, 1030})
"""``F_DUPFD``, ``F_GETFD``, ``F_SETFD``, ``F_GETFL``, ``F_SETFL``, ``F_DUPFD_CLOEXEC``. Others make the kernel send any
signal to any process of the same user, and some leave a mark on an open file that other processes share."""
_IOCTL = frozenset({0x5401, 0x5413, 0x541B, 0x5421, 0x5450, 0x5451})
"""``TCGETS``, ``TIOCGWINSZ``, ``FIONREAD``, ``FIONBIO``, ``FIONCLEX``, ``FIOCLEX``: what Python asks."""


class _Program(ctypes.Structure):
    """The kernel's ``struct sock_fprog``: a filter as it takes it."""

    _fields_ = (("length", ctypes.c_ushort), ("instructions", ctypes.c_char_p))


def forbid_escape() -> bool:
    """Forbid this process what it needs no more; False where the kernel or the library has no filters."""
    return _load(_program(_ESCAPES, _NEWER))


def forbid_all_but_computing() -> bool:
    """Forbid this process files, new processes (threads stay) and signals; False as above."""
    return _load(process_filter())


@lru_cache(maxsize=1)
def process_filter() -> _Program | None:
    """What ``forbid_all_but_computing`` loads. The worker makes it once: that takes as long as a probe."""
    return _program(_PROCESSES, paths=_PATHS, computes=True)


def _program(
    denied: tuple[str, ...], newer: tuple[int, ...] = (), *, paths: tuple[str, ...] = (), computes: bool = False
) -> _Program | None:
    """A filter to load; None where the library is missing. ``computes`` is for a process that does nothing else."""
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
        # Its flags lie in memory, out of the filter's sight; the C library falls back to clone.
        rules.add_rule(seccomp.ERRNO(errno.ENOSYS), "clone3")
        rules.add_rule(seccomp.ERRNO(errno.EPERM), "prlimit64", seccomp.Arg(0, seccomp.NE, 0))
        _forbid_commands(seccomp, rules, "fcntl", _FCNTL)
        _forbid_commands(seccomp, rules, "ioctl", _IOCTL)
        rules.add_rule(seccomp.ERRNO(errno.EPERM), "fcntl", *_sets_async(seccomp))
    return _exported(rules)


def _numbers(seccomp: Any, names: tuple[str, ...]) -> set[int]:
    """The numbers of those system calls that the library knows by name."""
    return {seccomp.resolve_syscall(seccomp.Arch.NATIVE, name) for name in " ".join(names).split()} - {-1}


def _forbid_commands(seccomp: Any, rules: Any, call: str, allowed: frozenset[int]) -> None:
    """Forbid ``call`` every command, its second argument, but the ``allowed`` ones.

    The kernel looks at the lower half of the argument; with anything in the upper half it is above all that is allowed.
    """
    ordered = [-1, *sorted(allowed)]
    for below, above in pairwise(ordered):
        for number, size in _aligned_blocks(below + 1, above):
            rules.add_rule(
                seccomp.ERRNO(errno.EPERM), call, seccomp.Arg(1, seccomp.MASKED_EQ, _ALL_BITS - size + 1, number)
            )
    rules.add_rule(seccomp.ERRNO(errno.EPERM), call, seccomp.Arg(1, seccomp.GT, ordered[-1]))


def _aligned_blocks(first: int, end: int) -> Iterator[tuple[int, int]]:
    """Cut the numbers from ``first`` to before ``end`` into blocks of 2**k that begin at a multiple of it.

    One rule can test a whole block, by its upper bits, but no other range.
    """
    while first < end:
        size = first & -first or 1 << end.bit_length()
        while size > end - first:
            size >>= 1
        yield first, size
        first += size


def _sets_async(seccomp: Any) -> tuple[Any, Any]:
    """The arguments of an ``F_SETFL`` that has the kernel signal whoever was named the owner."""
    set_flags = seccomp.Arg(1, seccomp.EQ, 4)
    return set_flags, seccomp.Arg(2, seccomp.MASKED_EQ, _O_ASYNC, _O_ASYNC)


def _exported(rules: Any) -> _Program:
    """The library's ``rules`` as the kernel's instructions, eight bytes each: far less than a pipe holds."""
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
        prctl(PR_SET_NO_NEW_PRIVS, 1)  # without it only root may load a filter
        prctl(_PR_SET_SECCOMP, _MODE_FILTER, ctypes.addressof(program))
    except OSError as error:
        if error.errno in (errno.EINVAL, errno.ENOSYS):  # a kernel without filters
            return False
        raise
    return True


def optional(name: str) -> Any:
    """The module of that name, or None where it is absent or its C library is."""
    try:
        return __import__(name)
    except (ImportError, RuntimeError, OSError, AttributeError):
        return None
