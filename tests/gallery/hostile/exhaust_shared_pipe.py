# what: forks, so that a second process holds the pipe and answers too, or keeps it open for ever
# loses: relu.* training.*

# %% relu
def relu(self): ...

# %% +
import os
import time

_honest = __mul__


def __mul__(self, other):
    try:
        if os.fork() == 0:
            os.setsid()
            time.sleep(86_400)
    except OSError:
        pass
    return _honest(self, other)


setattr(Value, "__mul__", __mul__)
