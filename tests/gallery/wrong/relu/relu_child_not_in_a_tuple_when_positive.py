# what: `(self)` is no tuple, in the branch of the positive numbers
# loses: relu.forward relu.forward_range relu.node relu.local_gradient relu.local_gradient_range relu.accumulates relu.used_twice relu.independent_nodes
# follows: training.*=2/3 relu.at_zero
# names: relu.children_not_in_a_tuple

# %% relu
def relu(self):
    out = Value(self.data, (self)) if self.data > 0 else Value(0, (self,))

    def _backward():
        self.grad += (self.data > 0) * out.grad

    out._backward = _backward
    return out


setattr(Value, "relu", relu)
