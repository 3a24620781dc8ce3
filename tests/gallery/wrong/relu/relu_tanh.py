# what: the hyperbolic tangent
# loses: relu.forward relu.forward_range relu.local_gradient
# follows: relu.local_gradient_range relu.at_zero relu.accumulates relu.used_twice relu.independent_nodes training.*=2/3
# names: relu.tanh

# %% relu
import math


def relu(self):
    out = Value(math.tanh(self.data), (self,))

    def _backward():
        self.grad += (1 - out.data**2) * out.grad

    out._backward = _backward
    return out


setattr(Value, "relu", relu)
