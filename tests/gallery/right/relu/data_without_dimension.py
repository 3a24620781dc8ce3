# what: the data is an array without dimension, as np.where gives it
# loses: nothing

# %% relu
import numpy as np


def relu(self):
    out = Value(0, (self,))
    out.data = np.where(self.data > 0, self.data, 0.0)

    def _backward():
        self.grad += np.where(self.data > 0, out.grad, 0.0)

    out._backward = _backward
    return out


setattr(Value, "relu", relu)
