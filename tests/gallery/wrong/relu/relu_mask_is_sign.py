# what: np.sign as mask turns the gradient round where the data is negative
# loses: relu.local_gradient
# follows: relu.local_gradient_range relu.at_zero relu.accumulates relu.used_twice relu.independent_nodes training.*=2/3
# names: relu.sign_as_mask

# %% relu
import numpy as np


def relu(self):
    out = Value(max(0, self.data), (self,))

    def _backward():
        self.grad += np.sign(self.data) * out.grad

    out._backward = _backward
    return out


setattr(Value, "relu", relu)
