# what: the sign of the operand's own gradient decides
# loses: relu.local_gradient
# follows: relu.local_gradient_range relu.at_zero relu.accumulates relu.used_twice relu.independent_nodes training.*=2/3
# names: relu.mask_from_own_gradient

# %% relu
def relu(self):
    out = Value(max(0, self.data), (self,))

    def _backward():
        if self.grad > 0:
            self.grad += out.grad

    out._backward = _backward
    return out


setattr(Value, "relu", relu)
