# what: brackets too many: number and children reach Value as one tuple
# loses: relu.*
# follows: training.*=2/3
# names: relu.tuple_as_data

# %% relu
def relu(self):
    out = Value((max(0, self.data), (self,)))

    def _backward():
        self.grad += (self.data > 0) * out.grad

    out._backward = _backward
    return out


setattr(Value, "relu", relu)
