# what: a helper of the inner function is given too much
# loses: relu.local_gradient relu.local_gradient_range relu.at_zero relu.accumulates relu.used_twice relu.independent_nodes
# follows: training.*=2/3

# %% relu
def add(node, gradient):
    node.grad += gradient


def relu(self):
    out = Value(max(0, self.data), (self,))

    def _backward():
        add(self, (self.data > 0) * out.grad, out)

    out._backward = _backward
    return out


setattr(Value, "relu", relu)
