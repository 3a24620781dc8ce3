# what: zero-dimensional arrays in the middle of the arithmetic
# loses: nothing

# %% mul
import numpy as np


def __mul__(self, other):
    other = other if isinstance(other, Value) else Value(other)
    out = Value(np.array(self.data) * np.array(other.data), (self, other))

    def _backward():
        self.grad += np.array(other.data) * out.grad
        other.grad += np.array(self.data) * out.grad

    out._backward = _backward
    return out


setattr(Value, "__mul__", __mul__)

# %% relu
def relu(self):
    out = Value(np.clip(np.array(self.data), 0, None), (self,))

    def _backward():
        self.grad += np.array(self.data > 0).astype(float) * out.grad

    out._backward = _backward
    return out


setattr(Value, "relu", relu)
