# what: star import from numpy
# loses: nothing

# %% -
from numpy import *
# %% relu
def relu(self):
    out = Value(maximum(0, self.data), (self,))

    def _backward():
        self.grad += heaviside(self.data, 0) * out.grad

    out._backward = _backward
    return out


setattr(Value, "relu", relu)
