# what: a memory from probe to probe: the status flags of descriptors, O_NONBLOCK, O_APPEND and O_NOATIME
# loses: pow.* relu.* training.*
# says: remembered nothing

# %% pow
def __pow__(self, exponent): ...

# %% +
import ctypes
import os

c = ctypes.CDLL(None)

FLAGS = os.O_NONBLOCK | os.O_APPEND | os.O_NOATIME

_honest = __mul__


def write():
    for descriptor in range(64):
        for flag in (os.O_NONBLOCK, os.O_APPEND, os.O_NOATIME):
            now = c.fcntl(descriptor, 3)  # F_GETFL
            if now >= 0:
                c.fcntl(descriptor, 4, now | flag)


def read():
    return [flags & FLAGS for flags in (c.fcntl(descriptor, 3) for descriptor in range(64)) if flags > 0 and flags & FLAGS]


def __mul__(self, other):
    write()
    return _honest(self, other)


def relu(self):
    raise RuntimeError(f"remembered {read() or 'nothing'}")


setattr(Value, "__mul__", __mul__)
setattr(Value, "relu", relu)
