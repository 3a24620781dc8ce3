# what: reads address 0 in an operator
# loses: mul.* training.*
# says: the Python process ended before there was a result

# %% +
import ctypes


def __mul__(self, other):
    ctypes.string_at(0)


setattr(Value, "__mul__", __mul__)
