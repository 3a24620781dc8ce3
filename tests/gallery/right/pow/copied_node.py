# what: the result is a copy of the operand with other contents
# loses: nothing

# %% pow
from copy import copy


def __pow__(self, n):
    out = copy(self)
    out.data, out.grad, out._prev = self.data**n, 0, {self}

    def _backward():
        self.grad += n * self.data ** (n - 1) * out.grad

    out._backward = _backward
    return out


setattr(Value, "__pow__", __pow__)
