# what: `out` is called otherwise in the inner function
# loses: relu.local_gradient relu.local_gradient_range relu.at_zero relu.accumulates relu.used_twice relu.independent_nodes
# follows: training.*=2/3
# names: relu.unknown_name_in_backward

# %% relu
def relu(self):
    out = Value(max(0, self.data), (self,))

    def _backward():
        self.grad += (self.data > 0) * output.grad

    out._backward = _backward
    return out


setattr(Value, "relu", relu)
