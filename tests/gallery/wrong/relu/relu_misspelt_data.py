# what: `data` is misspelt on the way forward
# loses: relu.*
# follows: training.*=2/3
# names: relu.no_such_attribute

# %% relu
def relu(self):
    out = Value(max(0, self.dat), (self,))

    def _backward():
        self.grad += (self.data > 0) * out.grad

    out._backward = _backward
    return out


setattr(Value, "relu", relu)
