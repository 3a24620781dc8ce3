# what: max is given one number only
# loses: relu.*
# follows: training.*=2/3
# names: relu.number_not_iterable

# %% relu
def relu(self):
    out = Value(max(self.data), (self,))

    def _backward():
        self.grad += (self.data > 0) * out.grad

    out._backward = _backward
    return out


setattr(Value, "relu", relu)
