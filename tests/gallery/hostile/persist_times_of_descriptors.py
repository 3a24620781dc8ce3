# what: a memory from probe to probe: the times, modes and attributes of what is open, of the null device too
# loses: relu.*
# follows: training.*=2/3
# says: remembered nothing

# %% +
import ctypes
import os

c = ctypes.CDLL(None)

import time

MARK = 1_234_567_890_000_000_000

_honest = __mul__


def write():
    for descriptor in range(64):
        for action in (
            lambda: os.utime(descriptor),
            lambda: os.utime(descriptor, ns=(MARK, MARK)),
            lambda: os.fchmod(descriptor, 0o622),
            lambda: os.setxattr(descriptor, b"user.mark", b"1"),
            lambda: c.syscall(280, descriptor, None, None, 0),  # utimensat, of x86
        ):
            try:
                action()
            except OSError:
                pass


def read():
    found = []
    for descriptor in range(64):
        try:
            status = os.fstat(descriptor)
            device = status.st_mode & 0o170000 == 0o020000
            found += [status.st_mtime_ns] if device and abs(time.time() - status.st_mtime) < 5 else []
            found += [MARK] * (MARK in (status.st_atime_ns, status.st_mtime_ns)) + os.listxattr(descriptor)
        except OSError:
            pass
    return found


def __mul__(self, other):
    write()
    return _honest(self, other)


def relu(self):
    raise RuntimeError(f"remembered {read() or 'nothing'}")


setattr(Value, "__mul__", __mul__)
setattr(Value, "relu", relu)
