# what: the smooth cousin of relu
# loses: relu.forward relu.forward_range relu.local_gradient
# follows: relu.local_gradient_range relu.at_zero relu.accumulates relu.used_twice relu.independent_nodes training.*=2/3
# names: relu.softplus

# %% relu
import math


def relu(self):
    out = Value(max(self.data, 0) + math.log1p(math.exp(-abs(self.data))), (self,))

    def _backward():
        self.grad += out.grad / (1 + math.exp(-max(-50, self.data)))

    out._backward = _backward
    return out


setattr(Value, "relu", relu)
