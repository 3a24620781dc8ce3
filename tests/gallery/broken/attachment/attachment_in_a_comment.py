# what: the line that attaches relu became a comment
# loses: nothing

# %% relu
def relu(self):
    out = Value(max(self.data, 0), (self,))

    def _backward():
        self.grad += (self.data > 0) * out.grad

    out._backward = _backward
    return out


# setattr(Value, "relu", relu)
