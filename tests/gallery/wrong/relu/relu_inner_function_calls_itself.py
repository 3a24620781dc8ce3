# what: the inner function calls the _backward of out, which it is itself
# loses: relu.local_gradient relu.local_gradient_range relu.at_zero relu.accumulates relu.used_twice relu.independent_nodes
# follows: training.*=2/3
# names: relu.backward_calls_itself

# %% relu
def relu(self):
    out = Value(max(0, self.data), (self,))

    def _backward():
        out._backward()
        self.grad += (self.data > 0) * out.grad

    out._backward = _backward
    return out


setattr(Value, "relu", relu)
