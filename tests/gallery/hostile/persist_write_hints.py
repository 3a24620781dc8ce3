# what: a memory from probe to probe: how long what is written is said to live, for a file and for a descriptor
# loses: relu.*
# follows: training.*=2/3
# says: remembered nothing

# %% +
import ctypes
import os

c = ctypes.CDLL(None)

_honest = __mul__


def write():
    hint = ctypes.c_uint64(4)
    for descriptor in range(64):
        for command in (1036, 1038):  # F_SET_RW_HINT, F_SET_FILE_RW_HINT
            c.fcntl(descriptor, command, ctypes.byref(hint))


def read():
    found = []
    for descriptor in range(64):
        for command in (1035, 1037):
            hint = ctypes.c_uint64(0)
            if c.fcntl(descriptor, command, ctypes.byref(hint)) == 0 and hint.value:
                found.append(hint.value)
    return found


def __mul__(self, other):
    write()
    return _honest(self, other)


def relu(self):
    raise RuntimeError(f"remembered {read() or 'nothing'}")


setattr(Value, "__mul__", __mul__)
setattr(Value, "relu", relu)
