# what: max compares 0 with a Value
# loses: relu.*
# follows: training.*=2/3
# names: relu.value_as_number

# %% relu
def relu(self):
    out = Value(max(0, self), (self,))

    def _backward():
        self.grad += (self.data > 0) * out.grad

    out._backward = _backward
    return out


setattr(Value, "relu", relu)
