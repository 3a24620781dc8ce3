# what: the logistic function
# loses: relu.forward relu.forward_range relu.local_gradient
# follows: relu.local_gradient_range relu.at_zero relu.accumulates relu.used_twice relu.independent_nodes training.*=2/3
# names: relu.sigmoid

# %% relu
import math


def relu(self):
    out = Value(1 / (1 + math.exp(-max(-50, self.data))), (self,))

    def _backward():
        self.grad += out.data * (1 - out.data) * out.grad

    out._backward = _backward
    return out


setattr(Value, "relu", relu)
