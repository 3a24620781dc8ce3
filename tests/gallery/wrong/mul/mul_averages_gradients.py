# what: the mean of the old gradient and the new one, where there is an old one
# loses: mul.accumulates mul.square mul.shared_graph
# follows: training.*=2/3

# %% mul
def __mul__(self, other):
    other = other if isinstance(other, Value) else Value(other)
    out = Value(self.data * other.data, (self, other))

    def _backward():
        self.grad = (self.grad + other.data * out.grad) / (2 if self.grad else 1)
        other.grad = (other.grad + self.data * out.grad) / (2 if other.grad else 1)

    out._backward = _backward
    return out


setattr(Value, "__mul__", __mul__)
