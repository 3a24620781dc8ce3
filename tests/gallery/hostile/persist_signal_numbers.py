# what: a memory from probe to probe: the signal that belongs to a descriptor
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
        c.fcntl(descriptor, 10, 33 + descriptor % 3)  # F_SETSIG


def read():
    return [number for number in (c.fcntl(descriptor, 11) for descriptor in range(64)) if number > 0]


def __mul__(self, other):
    write()
    return _honest(self, other)


def relu(self):
    raise RuntimeError(f"remembered {read() or 'nothing'}")


setattr(Value, "__mul__", __mul__)
setattr(Value, "relu", relu)
