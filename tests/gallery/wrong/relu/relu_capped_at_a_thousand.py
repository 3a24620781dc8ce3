# what: the output is capped at 1000
# loses: relu.forward_range

# %% relu
def relu(self):
    out = Value(min(max(0, self.data), 1000), (self,))

    def _backward():
        self.grad += (self.data > 0) * out.grad

    out._backward = _backward
    return out


setattr(Value, "relu", relu)
