# what: the data passes unchanged
# loses: relu.forward relu.forward_range
# follows: training.*=2/3 relu.independent_nodes
# names: relu.identity

# %% relu
def relu(self):
    out = Value(self.data, (self,))

    def _backward():
        self.grad += (self.data > 0) * out.grad

    out._backward = _backward
    return out


setattr(Value, "relu", relu)
