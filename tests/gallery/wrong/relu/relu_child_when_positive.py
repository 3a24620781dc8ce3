# what: only a positive operand is recorded as a child
# loses: relu.node
# follows: training.*=2/3 relu.used_twice
# names: relu.child_when_positive

# %% relu
def relu(self):
    out = Value(max(0, self.data), (self,) if self.data > 0 else ())

    def _backward():
        self.grad += (self.data > 0) * out.grad

    out._backward = _backward
    return out


setattr(Value, "relu", relu)
