# what: the output is capped at 6
# loses: relu.forward_range relu.local_gradient_range
# follows: training.*=2/3
# names: relu.six

# %% relu
def relu(self):
    out = Value(min(max(0, self.data), 6), (self,))

    def _backward():
        self.grad += (0 < self.data < 6) * out.grad

    out._backward = _backward
    return out


setattr(Value, "relu", relu)
