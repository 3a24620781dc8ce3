# what: the return line is missing
# loses: relu.*
# follows: training.*=2/3
# names: relu.no_return

# %% relu
def relu(self):
    out = Value(max(0, self.data), (self,))

    def _backward():
        self.grad += (self.data > 0) * out.grad

    out._backward = _backward


setattr(Value, "relu", relu)
