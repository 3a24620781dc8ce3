# what: starts a thousand threads, as many as it gets, and then answers as it should
# loses: relu.* training.*

# %% relu
def relu(self): ...

# %% +
import threading
import time

_honest = __mul__
threading.stack_size(1 << 16)


def __mul__(self, other):
    for _ in range(1000):
        try:
            threading.Thread(target=time.sleep, args=(86_400,)).start()
        except RuntimeError:
            break
    return _honest(self, other)


setattr(Value, "__mul__", __mul__)
