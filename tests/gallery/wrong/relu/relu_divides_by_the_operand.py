# what: the mask is out / x, which fails at exactly 0
# loses: relu.at_zero
# names: relu.quotient

# %% relu
def relu(self):
    out = Value(max(0, self.data), (self,))

    def _backward():
        self.grad += out.data / self.data * out.grad

    out._backward = _backward
    return out


setattr(Value, "relu", relu)
