# what: a memory from probe to probe: bytes that wait in a pipe, and how many more it takes
# loses: relu.*
# follows: training.*=2/3
# says: remembered nothing

# %% +
import ctypes
import os

c = ctypes.CDLL(None)

_honest = __mul__


def write():
    for descriptor in (0, 1, 2):
        c.write(descriptor, b"x" * 5000, 5000)


def read():
    number, found = ctypes.c_int(0), []
    for descriptor in range(64):
        if c.ioctl(descriptor, 0x541B, ctypes.byref(number)) == 0 and number.value >= 100:  # FIONREAD
            found.append(number.value)
    return found


def __mul__(self, other):
    write()
    return _honest(self, other)


def relu(self):
    raise RuntimeError(f"remembered {read() or 'nothing'}")


setattr(Value, "__mul__", __mul__)
setattr(Value, "relu", relu)
