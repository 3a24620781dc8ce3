# what: the value is right, the gradient leaks
# loses: relu.local_gradient
# follows: relu.local_gradient_range relu.at_zero relu.accumulates relu.used_twice relu.independent_nodes training.*=2/3
# names: relu.leaky_gradient

# %% relu
def relu(self):
    out = Value(max(0, self.data), (self,))

    def _backward():
        self.grad += (1 if self.data > 0 else 0.01) * out.grad

    out._backward = _backward
    return out


setattr(Value, "relu", relu)
