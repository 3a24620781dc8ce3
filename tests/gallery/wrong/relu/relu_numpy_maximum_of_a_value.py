# what: NumPy's maximum is given a Value
# loses: relu.*
# follows: training.*=2/3
# names: relu.value_as_number

# %% relu
import numpy as np


def relu(self):
    out = Value(np.maximum(0, self), (self,))

    def _backward():
        self.grad += (self.data > 0) * out.grad

    out._backward = _backward
    return out


setattr(Value, "relu", relu)
