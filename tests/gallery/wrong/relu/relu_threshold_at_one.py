# what: the kink is at 1 instead of 0
# loses: relu.forward relu.forward_range relu.local_gradient_range
# follows: training.*=2/3 relu.independent_nodes
# names: relu.threshold_at_one

# %% relu
def relu(self):
    out = Value(self.data if self.data > 1 else 0, (self,))

    def _backward():
        self.grad += (self.data > 1) * out.grad

    out._backward = _backward
    return out


setattr(Value, "relu", relu)
