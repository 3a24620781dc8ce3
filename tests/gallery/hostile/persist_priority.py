# what: a memory from probe to probe: its parent's priority, its policy and its limits, which the next one inherits
# loses: relu.*
# follows: training.*=2/3
# says: remembered nothing

# %% +
import ctypes
import os

c = ctypes.CDLL(None)

import resource

PENDING = 11  # RLIMIT_SIGPENDING


def tried(action, *arguments):
    try:
        return action(*arguments)
    except (OSError, ValueError):
        return None


_honest = __mul__


def write():
    parent = os.getppid()
    tried(os.setpriority, os.PRIO_PROCESS, parent, 13)
    tried(os.setpriority, os.PRIO_PGRP, 0, 13)
    tried(os.sched_setscheduler, parent, os.SCHED_BATCH, os.sched_param(0))
    tried(resource.prlimit, parent, PENDING, (777, 777))
    c.syscall(251, 1, parent, 3 << 13)  # ioprio_set, of x86: idle


def read():
    found = []
    found += ["priority"] * (os.getpriority(os.PRIO_PROCESS, 0) == 13)
    found += ["policy"] * (os.sched_getscheduler(0) == os.SCHED_BATCH)
    found += ["limit"] * (resource.getrlimit(PENDING)[0] == 777)
    found += ["disk"] * (c.syscall(252, 1, 0) == 3 << 13)
    return found


def __mul__(self, other):
    write()
    return _honest(self, other)


def relu(self):
    raise RuntimeError(f"remembered {read() or 'nothing'}")


setattr(Value, "__mul__", __mul__)
setattr(Value, "relu", relu)
