# what: an exponential on the negative side
# loses: relu.forward relu.forward_range relu.local_gradient
# follows: relu.local_gradient_range relu.at_zero relu.accumulates relu.used_twice relu.independent_nodes training.*=2/3
# names: relu.elu

# %% relu
import math


def relu(self):
    out = Value(self.data if self.data > 0 else math.exp(self.data) - 1, (self,))

    def _backward():
        self.grad += (1 if self.data > 0 else math.exp(self.data)) * out.grad

    out._backward = _backward
    return out


setattr(Value, "relu", relu)
