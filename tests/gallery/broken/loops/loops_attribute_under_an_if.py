# what: the product is attached as an attribute inside an `if`
# loses: nothing

# %% mul
def times(self, other):
    other = other if isinstance(other, Value) else Value(other)
    out = Value(self.data * other.data, (self, other))

    def _backward():
        self.grad += other.data * out.grad
        other.grad += self.data * out.grad

    out._backward = _backward
    return out


if not hasattr(Value, "__mul__"):
    Value.__mul__ = times
