# what: at exactly 0 the subgradient one half, by np.heaviside
# loses: nothing

# %% relu
import numpy as np


def relu(self):
    out = Value(max(0, self.data), (self,))

    def _backward():
        self.grad += float(np.heaviside(self.data, 0.5)) * out.grad

    out._backward = _backward
    return out


setattr(Value, "relu", relu)
