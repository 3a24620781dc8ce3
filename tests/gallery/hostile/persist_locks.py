# what: a memory from probe to probe: locks on descriptors that were inherited, of three kinds
# loses: relu.*
# follows: training.*=2/3
# says: remembered nothing

# %% +
import ctypes
import os

c = ctypes.CDLL(None)

NAMES = "/dev/null", "/dev/fd/0", "/dev/fd/1", "/dev/fd/2", "/proc/self/fd/2", ".", os.__file__


class Lock(ctypes.Structure):
    _fields_ = [("kind", ctypes.c_short), ("whence", ctypes.c_short), ("start", ctypes.c_long), ("length", ctypes.c_long)]
    _fields_ += [("pid", ctypes.c_int), ("rest", ctypes.c_int * 4)]


_honest = __mul__


def write():
    for descriptor in range(64):
        c.flock(descriptor, 2 | 4)  # LOCK_EX | LOCK_NB
        for command in (6, 37):  # F_SETLK, F_OFD_SETLK
            for kind in (0, 1):
                c.fcntl(descriptor, command, ctypes.byref(Lock(kind, 0, 4242, 1, 0)))


def read():
    found = []
    for name in NAMES:
        try:
            descriptor = os.open(name, os.O_RDONLY | os.O_NONBLOCK)
        except OSError:
            continue
        found += ["locked"] * (c.flock(descriptor, 2 | 4) != 0)
        for command in (5, 36):  # F_GETLK, F_OFD_GETLK
            lock = Lock(1, 0, 4242, 1, 0)
            if c.fcntl(descriptor, command, ctypes.byref(lock)) == 0 and lock.kind != 2:
                found.append("locked in part")
    return found


def __mul__(self, other):
    write()
    return _honest(self, other)


def relu(self):
    raise RuntimeError(f"remembered {read() or 'nothing'}")


setattr(Value, "__mul__", __mul__)
setattr(Value, "relu", relu)
