# what: the mask compares a Value with 0
# loses: relu.local_gradient relu.local_gradient_range relu.at_zero relu.accumulates relu.used_twice relu.independent_nodes
# follows: training.*=2/3
# names: relu.value_in_backward

# %% relu
def relu(self):
    out = Value(max(0, self.data), (self,))

    def _backward():
        self.grad += (self > 0) * out.grad

    out._backward = _backward
    return out


setattr(Value, "relu", relu)
