"""What a process may set for itself in the kernel: its limits, its attributes, and that it ends with its parent."""

from __future__ import annotations

import ctypes
import sys
from functools import lru_cache

if sys.platform != "win32":
    import resource  # here, for the standard library may be out of reach of the uid that the worker becomes

_PR_SET_PDEATHSIG, _SIGKILL = 1, 9


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


def die_with_parent() -> bool:
    """Have the kernel kill this process when its parent ends. A fork and a new uid clear it."""
    return set_attribute(_PR_SET_PDEATHSIG, _SIGKILL)


def set_attribute(option: int, value: int) -> bool:
    """Set an attribute of this process; False where there are none, as they are Linux's."""
    if sys.platform != "linux":
        return False
    prctl(option, value)
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
