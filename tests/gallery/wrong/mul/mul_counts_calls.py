# what: every further call of _backward passes less on
# loses: mul.independent_nodes

# %% mul
def __mul__(self, other):
    other = other if isinstance(other, Value) else Value(other)
    out = Value(self.data * other.data, (self, other))
    calls = 0

    def _backward():
        nonlocal calls
        calls += 1
        self.grad += other.data * out.grad / calls
        other.grad += self.data * out.grad / calls

    out._backward = _backward
    return out


setattr(Value, "__mul__", __mul__)
