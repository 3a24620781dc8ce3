"""Kernel settings that a process makes for itself: its limits, its attributes, and that it ends with its parent."""

from __future__ import annotations

import ctypes
import sys
from functools import lru_cache

if sys.platform != "win32":
    import resource  # imported early: the worker's later uid may have no access to the standard library

_PR_SET_PDEATHSIG, _SIGKILL = 1, 9


def lower_limit(kind: int, soft: int, hard: int | None = None) -> None:
    """Set the soft and the hard limit of a resource, but never above the hard limit in force.

    Without ``hard`` both limits are ``soft``.
    """
    most = resource.getrlimit(kind)[1]
    hard = soft if hard is None else hard
    if most != resource.RLIM_INFINITY:
        soft, hard = min(soft, most), min(hard, most)
    try:
        resource.setrlimit(kind, (soft, hard))
    except ValueError:
        if sys.platform != "darwin":  # macOS refuses a limit on address space below what is mapped already
            raise


def die_with_parent() -> bool:
    """Make the kernel kill this process when its parent ends; return False where it cannot.

    A fork or a change of uid clears the setting.
    """
    return set_attribute(_PR_SET_PDEATHSIG, _SIGKILL)


def set_attribute(option: int, value: int) -> bool:
    """Set an attribute of this process; return False on systems other than Linux, which have none."""
    if sys.platform != "linux":
        return False
    prctl(option, value)
    return True


@lru_cache(maxsize=1)
def libc() -> ctypes.CDLL:
    """Return the C library of this process; Linux only."""
    library = ctypes.CDLL(None, use_errno=True)
    library.prctl.argtypes = (ctypes.c_int, *(ctypes.c_ulong,) * 4)
    return library


def prctl(option: int, value: int, address: int = 0) -> None:
    """Set an attribute of this process by the system call of this name.

    Raises ``OSError`` if the kernel refuses.
    """
    if libc().prctl(option, value, address, 0, 0):
        raise OSError(ctypes.get_errno(), f"prctl {option}")
