# what: the power adds its gradients as arrays of long doubles without dimension
# loses: nothing

# %% pow
import numpy as np


def __pow__(self, exponent):
    out = Value(self.data**exponent, (self,))

    def _backward():
        slope = exponent * self.data ** (exponent - 1) * out.grad
        self.grad = np.array(self.grad + slope, dtype=np.longdouble)

    out._backward = _backward
    return out


setattr(Value, "__pow__", __pow__)
