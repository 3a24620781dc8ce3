# what: at exactly 0 twice the gradient passes
# loses: relu.at_zero

# %% relu
def relu(self):
    out = Value(max(0, self.data), (self,))

    def _backward():
        self.grad += ((self.data > 0) + 2 * (self.data == 0)) * out.grad

    out._backward = _backward
    return out


setattr(Value, "relu", relu)
