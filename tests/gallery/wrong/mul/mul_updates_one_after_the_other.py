# what: both sums are read before either is written, so x * x loses one
# loses: mul.square mul.shared_graph

# %% mul
def __mul__(self, other):
    other = other if isinstance(other, Value) else Value(other)
    out = Value(self.data * other.data, (self, other))

    def _backward():
        new_self = self.grad + other.data * out.grad
        new_other = other.grad + self.data * out.grad
        self.grad = new_self
        other.grad = new_other

    out._backward = _backward
    return out


setattr(Value, "__mul__", __mul__)
