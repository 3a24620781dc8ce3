# what: x * x gets the factor 2 in addition to the two contributions
# loses: mul.square mul.shared_graph

# %% mul
def __mul__(self, other):
    other = other if isinstance(other, Value) else Value(other)
    out = Value(self.data * other.data, (self, other))

    def _backward():
        factor = 2 if self is other else 1
        self.grad += factor * other.data * out.grad
        other.grad += factor * self.data * out.grad

    out._backward = _backward
    return out


setattr(Value, "__mul__", __mul__)
