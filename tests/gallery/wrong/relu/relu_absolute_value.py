# what: the absolute value with its slope
# loses: relu.forward relu.forward_range relu.local_gradient
# follows: relu.local_gradient_range relu.at_zero relu.accumulates relu.used_twice relu.independent_nodes training.*=2/3
# names: relu.absolute_value

# %% relu
def relu(self):
    out = Value(abs(self.data), (self,))

    def _backward():
        self.grad += (1 if self.data > 0 else -1) * out.grad

    out._backward = _backward
    return out


setattr(Value, "relu", relu)
