# what: data and upstream gradient must both be positive
# loses: relu.local_gradient
# follows: relu.local_gradient_range relu.at_zero relu.accumulates relu.used_twice relu.independent_nodes training.*=2/3
# names: relu.mask_from_both

# %% relu
def relu(self):
    out = Value(max(0, self.data), (self,))

    def _backward():
        if self.data > 0 and out.grad > 0:
            self.grad += out.grad

    out._backward = _backward
    return out


setattr(Value, "relu", relu)
