# what: counts on how many descriptors it can name an owner, a signal, a lease, a notice or a lock
# loses: mul.*
# follows: training.*=2/3
# says: reached 0 of them

# %% +
import ctypes
import os

c = ctypes.CDLL(None)
SET_OWNER, SET_SIGNAL, SET_OWNER_EX, SET_LEASE, NOTIFY, CANCEL_LOCK = 8, 10, 15, 1024, 1026, 1029


def __mul__(self, other):
    process = (ctypes.c_int * 2)(1, os.getpid())
    done = 0
    for descriptor in range(64):
        done += c.fcntl(descriptor, SET_OWNER, os.getpid()) == 0
        done += c.fcntl(descriptor, SET_OWNER_EX, process) == 0
        done += c.fcntl(descriptor, SET_SIGNAL, 9) == 0
        for kind in (0, 1):
            done += c.fcntl(descriptor, SET_LEASE, kind) == 0
        done += c.fcntl(descriptor, NOTIFY, 0x8000003F) == 0
    raise RuntimeError(f"reached {done} of them")


setattr(Value, "__mul__", __mul__)
