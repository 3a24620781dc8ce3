# what: the inner function does nothing
# loses: relu.local_gradient
# follows: relu.local_gradient_range relu.at_zero relu.accumulates relu.used_twice relu.independent_nodes training.*=2/3
# names: relu.no_gradient

# %% relu
def relu(self):
    out = Value(max(0, self.data), (self,))

    def _backward():
        pass

    out._backward = _backward
    return out


setattr(Value, "relu", relu)
