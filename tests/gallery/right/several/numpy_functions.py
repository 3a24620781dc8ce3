# what: np.multiply, np.power, np.maximum and np.where instead of Python's operators
# loses: nothing

# %% mul
import numpy as np


def __mul__(self, other):
    other = other if isinstance(other, Value) else Value(other)
    out = Value(np.multiply(self.data, other.data), (self, other))

    def _backward():
        self.grad += np.multiply(other.data, out.grad)
        other.grad += np.multiply(self.data, out.grad)

    out._backward = _backward
    return out


setattr(Value, "__mul__", __mul__)

# %% pow
def __pow__(self, n):
    out = Value(np.power(float(self.data), float(n)), (self,))

    def _backward():
        self.grad += n * np.power(float(self.data), float(n - 1)) * out.grad

    out._backward = _backward
    return out


setattr(Value, "__pow__", __pow__)

# %% relu
def relu(self):
    out = Value(np.maximum(0, self.data), (self,))

    def _backward():
        self.grad += np.where(self.data > 0, out.grad, 0.0)

    out._backward = _backward
    return out


setattr(Value, "relu", relu)
