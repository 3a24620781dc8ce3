# what: `grad` is misspelt, in the branch of the positive numbers
# loses: relu.local_gradient relu.local_gradient_range relu.accumulates relu.used_twice relu.independent_nodes
# follows: training.*=2/3 relu.at_zero
# names: relu.no_such_attribute_in_backward

# %% relu
def relu(self):
    out = Value(max(0, self.data), (self,))

    def _backward():
        if self.data > 0:
            self.grad += out.gradient

    out._backward = _backward
    return out


setattr(Value, "relu", relu)
