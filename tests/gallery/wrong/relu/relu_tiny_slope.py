# what: a slope of a billionth below zero
# loses: relu.forward relu.forward_range relu.local_gradient_range relu.used_twice relu.independent_nodes
# follows: training.*=2/3

# %% relu
def relu(self):
    slope = 1 if self.data > 0 else 1e-9
    out = Value(slope * self.data, (self,))

    def _backward():
        self.grad += slope * out.grad

    out._backward = _backward
    return out


setattr(Value, "relu", relu)
