# what: inf, whose difference to inf is no number, and numpy's kinds of it
# loses: mul.forward mul.forward_numbers mul.forward_range mul.children mul.local_gradients mul.local_gradients_range mul.gradient_with_number mul.accumulates mul.square mul.shared_graph mul.independent_nodes
# follows: training.*=2/3
# says: out.data is inf

# %% +
import numpy as np


def __mul__(self, other):
    out = Value(np.float64("inf"), (self,))
    self.grad = -np.inf
    return out


setattr(Value, "__mul__", __mul__)
