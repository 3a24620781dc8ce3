# what: out.data >= 0 is always true
# loses: relu.local_gradient
# follows: relu.local_gradient_range relu.at_zero relu.accumulates relu.used_twice relu.independent_nodes training.*=2/3
# names: relu.no_mask

# %% relu
def relu(self):
    out = Value(max(0, self.data), (self,))

    def _backward():
        self.grad += (out.data >= 0) * out.grad

    out._backward = _backward
    return out


setattr(Value, "relu", relu)
