# what: inf, whose difference to inf is no number, and numpy's kinds of it
# loses: mul.[!n]* training.*
# says: out.data is inf

# %% +
import numpy as np


def __mul__(self, other):
    out = Value(np.float64("inf"), (self,))
    self.grad = -np.inf
    return out


setattr(Value, "__mul__", __mul__)
