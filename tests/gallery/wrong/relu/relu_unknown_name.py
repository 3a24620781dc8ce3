# what: `self.` is missing before `data`
# loses: relu.*
# follows: training.*=2/3
# names: relu.unknown_name

# %% relu
def relu(self):
    out = Value(max(0, data), (self,))

    def _backward():
        self.grad += (self.data > 0) * out.grad

    out._backward = _backward
    return out


setattr(Value, "relu", relu)
