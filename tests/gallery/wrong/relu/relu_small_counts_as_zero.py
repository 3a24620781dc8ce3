# what: data below a thousandth counts as 0
# loses: relu.forward_range

# %% relu
def relu(self):
    out = Value(self.data if self.data > 1e-3 else 0, (self,))

    def _backward():
        self.grad += (self.data > 0) * out.grad

    out._backward = _backward
    return out


setattr(Value, "relu", relu)
