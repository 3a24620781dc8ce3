# what: a positive operand's gradient is overwritten
# loses: relu.accumulates
# follows: training.*=2/3 relu.used_twice
# names: relu.overwrites_when_positive

# %% relu
def relu(self):
    out = Value(max(0, self.data), (self,))

    def _backward():
        if self.data > 0:
            self.grad = out.grad

    out._backward = _backward
    return out


setattr(Value, "relu", relu)
