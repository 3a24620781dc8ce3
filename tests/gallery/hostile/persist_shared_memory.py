# what: a memory from probe to probe: pieces of shared memory, semaphores and queues, with and without a name
# loses: relu.*
# follows: training.*=2/3
# says: remembered nothing

# %% +
import ctypes
import os

c = ctypes.CDLL(None)

_honest = __mul__


def write():
    for key in (0, 4242):
        c.shmget(key, 4096, 0o1666)
        c.semget(key, 1, 0o1666)
        c.msgget(key, 0o1666)
    c.mq_open(b"/mark", 0o102, 0o666, None)
    c.shm_open(b"/mark", 0o102, 0o666)
    c.sem_open(b"/mark", 0o100, 0o666, 1)


def read():
    found = [key for key in (c.shmget(4242, 0, 0), c.semget(4242, 0, 0), c.msgget(4242, 0)) if key >= 0]
    found += [number for number in range(64) if c.shmctl(number, 2, ctypes.create_string_buffer(256)) == 0]  # IPC_STAT
    found += [name for name in ("mq_open", "shm_open") if getattr(c, name)(b"/mark", 2, 0, None) >= 0]
    return found


def __mul__(self, other):
    write()
    return _honest(self, other)


def relu(self):
    raise RuntimeError(f"remembered {read() or 'nothing'}")


setattr(Value, "__mul__", __mul__)
setattr(Value, "relu", relu)
