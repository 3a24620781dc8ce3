# what: a syntax error in the cell of relu: only relu is lost, and the line is named
# loses: relu.* training.*
# says: `if self.data > 0` in line 5 cannot be read: expected ':'; lines 1 to 9 were left out

# %% relu
def relu(self):
    out = Value(max(0, self.data), (self,))

    def _backward():
        if self.data > 0
            self.grad += out.grad

    out._backward = _backward
    return out


setattr(Value, "relu", relu)
