# what: the output is capped at a hundred thousand
# loses: relu.forward_range

# %% relu
def relu(self):
    out = Value(min(max(0, self.data), 1e5), (self,))

    def _backward():
        if self.data > 0:
            self.grad += out.grad

    out._backward = _backward
    return out


setattr(Value, "relu", relu)
