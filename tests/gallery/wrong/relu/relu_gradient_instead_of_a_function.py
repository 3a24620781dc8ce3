# what: a number is stored in place of the inner function
# loses: relu.local_gradient relu.local_gradient_range relu.at_zero relu.accumulates relu.used_twice relu.independent_nodes
# follows: training.*=2/3
# names: relu.number_called

# %% relu
def relu(self):
    out = Value(max(0, self.data), (self,))

    def _backward():
        self.grad += (self.data > 0) * out.grad

    out._backward = self.grad
    return out


setattr(Value, "relu", relu)
