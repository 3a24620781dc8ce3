# what: a negative operand's gradient is set to 0 instead of being left alone
# loses: relu.accumulates
# follows: training.*=2/3 relu.used_twice
# names: relu.overwrites_when_negative

# %% relu
def relu(self):
    out = Value(max(0, self.data), (self,))

    def _backward():
        if self.data > 0:
            self.grad += out.grad
        else:
            self.grad = 0

    out._backward = _backward
    return out


setattr(Value, "relu", relu)
