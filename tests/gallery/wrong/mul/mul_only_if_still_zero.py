# what: a gradient that is not 0 counts as finished
# loses: mul.accumulates mul.square mul.shared_graph
# follows: training.*=2/3

# %% mul
def __mul__(self, other):
    other = other if isinstance(other, Value) else Value(other)
    out = Value(self.data * other.data, (self, other))

    def _backward():
        if self.grad == 0:
            self.grad = other.data * out.grad
        if other.grad == 0:
            other.grad = self.data * out.grad

    out._backward = _backward
    return out


setattr(Value, "__mul__", __mul__)
