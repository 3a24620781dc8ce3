# what: threads that never rest, of which one never gives up the interpreter for long
# loses: relu.* training.*

# %% relu
def relu(self): ...

# %% +
import sys
import threading

_honest = __mul__
interval = sys.setswitchinterval(0.02)


def spin():
    while True:
        pass


def __mul__(self, other):
    threading.Thread(target=spin).start()
    return _honest(self, other)


setattr(Value, "__mul__", __mul__)
