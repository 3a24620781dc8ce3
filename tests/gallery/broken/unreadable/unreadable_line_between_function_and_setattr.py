# what: a line of notes between the right function and the line that attaches it
# loses: nothing

# %% relu
def relu(self):
    out = Value(max(0, self.data), (self,))

    def _backward():
        if self.data > 0:
            self.grad += out.grad

    out._backward = _backward
    return out


now attach it:

setattr(Value, "relu", relu)
