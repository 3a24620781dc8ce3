# what: turns on signals at input and output, by the flag of the descriptor and by its command, for its own process
# loses: mul.*
# follows: training.*=2/3
# says: turned 0 on

# %% +
import ctypes
import os

c = ctypes.CDLL(None)
ASYNC = 0o20000


def __mul__(self, other):
    turned = 0
    for descriptor in range(64):
        for flags in (ASYNC, ASYNC | os.O_APPEND, ASYNC | os.O_NONBLOCK, ASYNC | os.O_WRONLY):
            c.fcntl(descriptor, 4, flags)
            turned += c.fcntl(descriptor, 3) > 0 and c.fcntl(descriptor, 3) & ASYNC > 0
    raise RuntimeError(f"turned {turned} on")


setattr(Value, "__mul__", __mul__)
