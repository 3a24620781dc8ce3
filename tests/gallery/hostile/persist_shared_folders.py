# what: messages to another submission in /tmp, /dev/shm, shared memory, semaphores and message queues
# loses: mul.* pow.* relu.* training.*
# says: 0 messages left

# %% pow
def __pow__(self, exponent): ...

# %% relu
def relu(self): ...

# %% +
import ctypes
import os

c = ctypes.CDLL(None)


def __mul__(self, other):
    left = sum(result != -1 for result in (c.shmget(4242, 4096, 0o1666), c.msgget(4242, 0o1666), c.semget(4242, 1, 0o1666)))
    left += c.mq_open(b"/autograder", 0o102, 0o666, None) != -1
    for folder in ("/tmp", "/var/tmp", "/dev/shm", "/run/lock", "/CANARY/tmp", os.path.expanduser("~"), "."):
        for action in (
            lambda name: open(name, "w"),
            lambda name: os.mkdir(name + ".d"),
            lambda name: os.mkfifo(name + ".fifo"),
            lambda name: os.symlink("/", name + ".link"),
            lambda name: os.mknod(name + ".node"),
            lambda name: os.listdir(os.path.dirname(name)),
        ):
            try:
                action(folder + "/message-to-another")
                left += 1
            except OSError:
                pass
    raise RuntimeError(f"{left} messages left")


setattr(Value, "__mul__", __mul__)
