# what: a memory from probe to probe: the capacity of a pipe
# loses: relu.*
# follows: training.*=2/3
# says: remembered nothing

# %% +
import ctypes
import os

c = ctypes.CDLL(None)

_honest = __mul__


def write():
    for descriptor in range(64):
        c.fcntl(descriptor, 1031, 1 << 17)  # F_SETPIPE_SZ


def read():
    return [size for size in (c.fcntl(descriptor, 1032) for descriptor in range(64)) if size == 1 << 17]


def __mul__(self, other):
    write()
    return _honest(self, other)


def relu(self):
    raise RuntimeError(f"remembered {read() or 'nothing'}")


setattr(Value, "__mul__", __mul__)
setattr(Value, "relu", relu)
