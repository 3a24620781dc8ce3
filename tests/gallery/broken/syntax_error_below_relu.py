# what: below the right relu, in the same cell, a print without brackets and a line that is one blank too far in
# loses: nothing

# %% relu
def relu(self):
    out = Value(max(0, self.data), (self,))

    def _backward():
        if self.data > 0:
            self.grad += out.grad

    out._backward = _backward
    return out


setattr(Value, "relu", relu)

print Value(-2).relu()
 x = Value(3)
