# what: the line that attaches relu named the power at first, and is right below
# loses: nothing

# %% relu
def relu(self):
    out = Value(max(0, self.data), (self,))

    def _backward():
        if self.data > 0:
            self.grad += out.grad

    out._backward = _backward
    return out


setattr(Value, "__pow__", relu)
setattr(Value, "relu", relu)

# %% +
setattr(Value, "__pow__", __pow__)
