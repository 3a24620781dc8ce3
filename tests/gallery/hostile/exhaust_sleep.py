# what: sleeps for a day, at load and in an operator, and waits for locks that nobody opens
# loses: mul.* relu.* training.*
# says: took too long and was left out

# %% mul
import threading
import time

slept = time.sleep(86_400)


def __mul__(self, other):
    time.sleep(86_400)


setattr(Value, "__mul__", __mul__)

# %% relu
def relu(self):
    lock = threading.Lock()
    lock.acquire()
    lock.acquire()


setattr(Value, "relu", relu)
