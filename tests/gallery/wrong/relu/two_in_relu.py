# what: inverted mask and `=` at once: both are named
# loses: relu.local_gradient relu.local_gradient_range relu.at_zero relu.accumulates relu.used_twice relu.independent_nodes
# follows: training.*=2/3
# names: relu.overwrites+relu.mask_inverted

# %% relu
def relu(self):
    out = Value(max(0, self.data), (self,))

    def _backward():
        self.grad = (self.data <= 0) * out.grad

    out._backward = _backward
    return out


setattr(Value, "relu", relu)
