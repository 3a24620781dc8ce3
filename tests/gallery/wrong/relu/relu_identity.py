# what: the data passes unchanged
# loses: relu.forward relu.forward_range relu.independent_nodes training.*
# names: relu.identity

# %% relu
def relu(self):
    out = Value(self.data, (self,))

    def _backward():
        self.grad += (self.data > 0) * out.grad

    out._backward = _backward
    return out


setattr(Value, "relu", relu)
