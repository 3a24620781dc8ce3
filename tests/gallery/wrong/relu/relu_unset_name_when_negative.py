# what: the result is set for positive numbers only
# loses: relu.*
# follows: training.*=2/3
# names: relu.unset_name

# %% relu
def relu(self):
    if self.data > 0:
        out = Value(self.data, (self,))

    def _backward():
        self.grad += (self.data > 0) * out.grad

    out._backward = _backward
    return out


setattr(Value, "relu", relu)
