# what: _backward calls the operand's _backward
# loses: relu.used_twice
# follows: training.*=2/3
# names: relu.recursive

# %% relu
def relu(self):
    out = Value(max(0, self.data), (self,))

    def _backward():
        if self.data > 0:
            self.grad += out.grad
        self._backward()

    out._backward = _backward
    return out


setattr(Value, "relu", relu)
