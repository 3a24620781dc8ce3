# what: the gradients of relu are zeros of NumPy's at first, of a whole kind, then floats
# loses: nothing

# %% relu
import numpy as np


def relu(self):
    out = Value(max(0, self.data), (self,))

    def _backward():
        self.grad = self.grad + np.int8(self.data > 0) * np.float64(out.grad)

    out._backward = _backward
    return out


setattr(Value, "relu", relu)
