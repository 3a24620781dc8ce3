# what: isinstance is given three arguments: an error, but none that is known
# loses: mul.*
# follows: training.*=2/3

# %% mul
def __mul__(self, other):
    other = other if isinstance(other, Value, float) else Value(other)
    out = Value(self.data * other.data, (self, other))

    def _backward():
        self.grad += other.data * out.grad
        other.grad += self.data * out.grad

    out._backward = _backward
    return out


setattr(Value, "__mul__", __mul__)
