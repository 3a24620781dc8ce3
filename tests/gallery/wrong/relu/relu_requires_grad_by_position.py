# what: a third argument says that the result needs a gradient
# loses: relu.*
# follows: training.*=2/3
# names: relu.too_many_arguments

# %% relu
def relu(self):
    out = Value(max(0, self.data), (self,), True)

    def _backward():
        self.grad += (self.data > 0) * out.grad

    out._backward = _backward
    return out


setattr(Value, "relu", relu)
