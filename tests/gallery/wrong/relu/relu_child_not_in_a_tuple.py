# what: `(self)` is no tuple
# loses: relu.*
# follows: training.*=2/3
# names: relu.children_not_in_a_tuple

# %% relu
def relu(self):
    out = Value(max(0, self.data), (self))

    def _backward():
        self.grad += (self.data > 0) * out.grad

    out._backward = _backward
    return out


setattr(Value, "relu", relu)
