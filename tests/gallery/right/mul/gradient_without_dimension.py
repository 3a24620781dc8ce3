# what: the gradient itself is an array without dimension
# loses: nothing

# %% mul
import numpy as np


def __mul__(self, other):
    other = other if isinstance(other, Value) else Value(other)
    out = Value(self.data * other.data, (self, other))

    def _backward():
        self.grad = np.asarray(self.grad + other.data * out.grad)
        other.grad = np.asarray(other.grad + self.data * out.grad)

    out._backward = _backward
    return out


setattr(Value, "__mul__", __mul__)
