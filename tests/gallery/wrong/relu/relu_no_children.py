# what: no child is recorded
# loses: relu.node
# follows: relu.used_twice training.*=2/3
# names: relu.no_children

# %% relu
def relu(self):
    out = Value(max(0, self.data))

    def _backward():
        self.grad += (self.data > 0) * out.grad

    out._backward = _backward
    return out


setattr(Value, "relu", relu)
