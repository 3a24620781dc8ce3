# what: times zero returns a leaf that remembers nothing
# loses: mul.gradient_with_number

# %% mul
def __mul__(self, other):
    if other == 0:
        return Value(0)
    other = other if isinstance(other, Value) else Value(other)
    out = Value(self.data * other.data, (self, other))

    def _backward():
        self.grad += other.data * out.grad
        other.grad += self.data * out.grad

    out._backward = _backward
    return out


setattr(Value, "__mul__", __mul__)
