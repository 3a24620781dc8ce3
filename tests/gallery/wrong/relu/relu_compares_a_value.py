# what: 0 is compared with a Value
# loses: relu.*
# follows: training.*=2/3
# names: relu.value_as_number

# %% relu
def relu(self):
    out = Value(self.data if self > 0 else 0, (self,))

    def _backward():
        self.grad += (self.data > 0) * out.grad

    out._backward = _backward
    return out


setattr(Value, "relu", relu)
