# what: a memory from probe to probe: the owner of a descriptor, as fcntl and as ioctl keep it
# loses: relu.*
# follows: training.*=2/3
# says: remembered nothing

# %% +
import ctypes
import os

c = ctypes.CDLL(None)

_honest = __mul__


def write():
    owner = ctypes.c_int(os.getppid())
    for descriptor in range(64):
        c.fcntl(descriptor, 8, os.getppid())  # F_SETOWN
        c.ioctl(descriptor, 0x8901, ctypes.byref(owner))  # FIOSETOWN


def read():
    owner = ctypes.c_int(0)
    found = [number for number in (c.fcntl(descriptor, 9) for descriptor in range(64)) if number > 0]
    for descriptor in range(64):
        if c.ioctl(descriptor, 0x8903, ctypes.byref(owner)) == 0 and owner.value:  # FIOGETOWN
            found.append(owner.value)
    return found


def __mul__(self, other):
    write()
    return _honest(self, other)


def relu(self):
    raise RuntimeError(f"remembered {read() or 'nothing'}")


setattr(Value, "__mul__", __mul__)
setattr(Value, "relu", relu)
