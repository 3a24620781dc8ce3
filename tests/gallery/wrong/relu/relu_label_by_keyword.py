# what: a label is handed over, as in another tutorial
# loses: relu.*
# follows: training.*=2/3
# names: relu.unknown_argument

# %% relu
def relu(self):
    out = Value(max(0, self.data), (self,), label='relu')

    def _backward():
        self.grad += (self.data > 0) * out.grad

    out._backward = _backward
    return out


setattr(Value, "relu", relu)
