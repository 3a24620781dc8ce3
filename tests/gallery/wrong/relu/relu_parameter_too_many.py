# what: relu has a parameter that nobody gives it
# loses: relu.*
# follows: training.*=2/3
# names: relu.wrong_parameters

# %% relu
def relu(self, other):
    out = Value(max(0, self.data), (self,))

    def _backward():
        self.grad += (self.data > 0) * out.grad

    out._backward = _backward
    return out


setattr(Value, "relu", relu)
