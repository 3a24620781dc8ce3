"""Filters of system calls (seccomp): what the worker and the student's process may not even ask the kernel for."""

from __future__ import annotations

import ctypes
import errno
import os
import sys
from functools import lru_cache
from typing import Any

_CLONE_THREAD = 0x10000
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
    "setpriority ioprio_set sched_setaffinity sched_setattr sched_setparam sched_setscheduler move_pages migrate_pages",
)
"""Denied to the process that runs student code on top of that; the worker needs some of them to start and end it."""


class _Program(ctypes.Structure):
    """The kernel's ``struct sock_fprog``: a filter as it takes it."""

    _fields_ = (("length", ctypes.c_ushort), ("instructions", ctypes.c_char_p))


def forbid_escape() -> bool:
    """Forbid this process what it needs no more; False where the kernel or the library has no filters."""
    return _load(_program(_ESCAPES, _NEWER))


def forbid_processes() -> bool:
    """Forbid this process new processes (threads stay) and signals; False as above."""
    return _load(process_filter())


@lru_cache(maxsize=1)
def process_filter() -> _Program | None:
    """What ``forbid_processes`` loads. The worker makes it once: it takes each forked child as long as its probe."""
    return _program(_PROCESSES, new_processes=False)


def _program(denied: tuple[str, ...], newer: tuple[int, ...] = (), *, new_processes: bool = True) -> _Program | None:
    """A filter to load; None where the library is missing."""
    seccomp = optional("pyseccomp") if sys.platform == "linux" else None
    if seccomp is None:
        return None
    rules = seccomp.SyscallFilter(seccomp.ALLOW)
    by_name = [seccomp.resolve_syscall(seccomp.Arch.NATIVE, name) for name in " ".join(denied).split()]
    for number in {*by_name, *newer} - {-1}:  # -1: this library does not know the name
        rules.add_rule(seccomp.ERRNO(errno.EPERM), number)
    if not new_processes:
        rules.add_rule(seccomp.ERRNO(errno.EPERM), "clone", seccomp.Arg(0, seccomp.MASKED_EQ, _CLONE_THREAD, 0))
        # Its flags lie in memory, out of the filter's sight; the C library falls back to clone.
        rules.add_rule(seccomp.ERRNO(errno.ENOSYS), "clone3")
        rules.add_rule(seccomp.ERRNO(errno.EPERM), "prlimit64", seccomp.Arg(0, seccomp.NE, 0))
    return _exported(rules)


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


@lru_cache(maxsize=1)
def libc() -> ctypes.CDLL:
    """The C library of this process; Linux only."""
    library = ctypes.CDLL(None, use_errno=True)
    library.prctl.argtypes = (ctypes.c_int, *(ctypes.c_ulong,) * 4)
    return library


def prctl(option: int, value: int, address: int = 0) -> None:
    """Set an attribute of this process; ``OSError`` if the kernel does not."""
    if libc().prctl(option, value, address, 0, 0):
        raise OSError(ctypes.get_errno(), f"prctl {option}")


def optional(name: str) -> Any:
    """The module of that name, or None where it is absent or its C library is."""
    try:
        return __import__(name)
    except (ImportError, RuntimeError, OSError, AttributeError):
        return None
