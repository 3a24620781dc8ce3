# what: a tenth of the negative side passes
# loses: relu.forward relu.forward_range relu.local_gradient
# follows: relu.local_gradient_range relu.at_zero relu.accumulates relu.used_twice relu.independent_nodes training.*=2/3
# names: relu.leaky_tenth

# %% relu
def relu(self):
    out = Value(max(0.1 * self.data, self.data), (self,))

    def _backward():
        self.grad += (1 if self.data > 0 else 0.1) * out.grad

    out._backward = _backward
    return out


setattr(Value, "relu", relu)
