# what: only leaves receive a gradient
# loses: relu.used_twice
# follows: training.*=2/3
# names: relu.leaves_only

# %% relu
def relu(self):
    out = Value(max(0, self.data), (self,))

    def _backward():
        if self.data > 0 and not self._prev:
            self.grad += out.grad

    out._backward = _backward
    return out


setattr(Value, "relu", relu)
