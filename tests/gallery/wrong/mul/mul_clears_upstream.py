# what: out.grad is set to 0 after it was passed on
# loses: mul.independent_nodes
# names: mul.clears_upstream

# %% mul
def __mul__(self, other):
    other = other if isinstance(other, Value) else Value(other)
    out = Value(self.data * other.data, (self, other))

    def _backward():
        self.grad += other.data * out.grad
        other.grad += self.data * out.grad
        out.grad = 0

    out._backward = _backward
    return out


setattr(Value, "__mul__", __mul__)
