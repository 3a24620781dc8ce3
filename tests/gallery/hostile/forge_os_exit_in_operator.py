# what: ends the process at once in an operator
# loses: mul.* training.*
# says: the Python process ended before there was a result

# %% +
import os


def __mul__(self, other):
    os._exit(0)


setattr(Value, "__mul__", __mul__)
