# what: an import of something that is not installed, in the cell of an answer and in another one
# loses: relu.* training.*
# says: torch is not available where your notebook is graded

# %% relu
def relu(self): ...

# %% mul
import torch
import pandas as pd
from sklearn.preprocessing import StandardScaler
import numpy as np


def __mul__(self, other):
    other = other if isinstance(other, Value) else Value(other)
    out = Value(np.multiply(self.data, other.data), (self, other))

    def _backward():
        self.grad += other.data * out.grad
        other.grad += self.data * out.grad

    out._backward = _backward
    return out


setattr(Value, "__mul__", __mul__)
