# what: calls itself for ever, with the limit of recursion lifted
# loses: mul.* relu.* training.*
# names: mul.calls_itself
# says: RecursionError

# %% mul
def __mul__(self, other):
    return self * other


setattr(Value, "__mul__", __mul__)

# %% relu
import sys


def relu(self):
    sys.setrecursionlimit(2**31 - 1)
    return self.relu()


setattr(Value, "relu", relu)
