# what: closes every descriptor, at load and in an operator
# loses: mul.* training.*
# says: the Python process ended before there was a result

# %% +
import os

closed = os.closerange(0, 1000)


def __mul__(self, other):
    os.closerange(0, 1000)
    return Value(-12.0)


setattr(Value, "__mul__", __mul__)
