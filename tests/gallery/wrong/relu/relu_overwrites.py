# what: `=` where the template has `+=`
# loses: relu.accumulates
# follows: relu.used_twice training.*=2/3
# names: relu.overwrites

# %% relu
def relu(self):
    out = Value(max(0, self.data), (self,))

    def _backward():
        self.grad = (self.data > 0) * out.grad

    out._backward = _backward
    return out


setattr(Value, "relu", relu)
