# what: every number is turned into np.float64, gradients too
# loses: nothing

# %% mul
import numpy as np


def __mul__(self, other):
    other = other if isinstance(other, Value) else Value(np.float64(other))
    out = Value(np.float64(self.data) * np.float64(other.data), (self, other))

    def _backward():
        self.grad = np.float64(self.grad) + np.float64(other.data) * out.grad
        other.grad = np.float64(other.grad) + np.float64(self.data) * out.grad

    out._backward = _backward
    return out


setattr(Value, "__mul__", __mul__)

# %% pow
def __pow__(self, n):
    out = Value(np.float64(self.data) ** n, (self,))

    def _backward():
        self.grad += np.float64(n) * np.float64(self.data) ** (n - 1) * out.grad

    out._backward = _backward
    return out


setattr(Value, "__pow__", __pow__)

# %% relu
def relu(self):
    out = Value(np.float64(max(0.0, self.data)), (self,))

    def _backward():
        self.grad += np.heaviside(self.data, 0.0) * out.grad

    out._backward = _backward
    return out


setattr(Value, "relu", relu)
