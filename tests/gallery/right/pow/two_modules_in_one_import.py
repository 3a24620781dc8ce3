# what: torch and math in one import: only torch is missing
# loses: nothing

# %% pow
import torch, math


def __pow__(self, n):
    out = Value(math.pow(self.data, n), (self,))

    def _backward():
        self.grad += n * math.pow(self.data, n - 1) * out.grad

    out._backward = _backward
    return out


setattr(Value, "__pow__", __pow__)
