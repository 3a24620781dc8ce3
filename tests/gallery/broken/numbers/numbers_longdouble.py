# what: the gradients of the product are NumPy's long doubles
# loses: nothing

# %% mul
import numpy as np


def __mul__(self, other):
    other = other if isinstance(other, Value) else Value(other)
    out = Value(self.data * other.data, (self, other))

    def _backward():
        self.grad = np.longdouble(self.grad) + other.data * out.grad
        other.grad = np.longdouble(other.grad) + self.data * out.grad

    out._backward = _backward
    return out


setattr(Value, "__mul__", __mul__)
