# what: a cell that is written to a file, not run: nothing in it counts
# loses: relu.* training.*
# says: No relu was found

# %% relu
%%writefile relu.py
def relu(self):
    out = Value(max(0, self.data), (self,))

    def _backward():
        if self.data > 0:
            self.grad += out.grad

    out._backward = _backward
    return out


setattr(Value, "relu", relu)
