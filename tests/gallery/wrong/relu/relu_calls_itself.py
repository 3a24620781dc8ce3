# what: relu calls itself
# loses: relu.*
# follows: training.*=2/3
# names: relu.calls_itself

# %% relu
def relu(self):
    out = Value(self.relu(), (self,))

    def _backward():
        self.grad += (self.data > 0) * out.grad

    out._backward = _backward
    return out


setattr(Value, "relu", relu)
