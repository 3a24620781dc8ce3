# what: Value is called without its number, which is stored afterwards
# loses: relu.*
# follows: training.*=2/3
# names: relu.missing_argument

# %% relu
def relu(self):
    out = Value()
    out.data = max(0, self.data)
    out._prev = {self}

    def _backward():
        self.grad += (self.data > 0) * out.grad

    out._backward = _backward
    return out


setattr(Value, "relu", relu)
