# what: a name is read before it is set
# loses: mul.*
# follows: training.*=2/3
# names: mul.unset_name

# %% mul
def __mul__(self, other):
    other = other if isinstance(other, Value) else Value(other)
    value = value * other.data
    out = Value(value, (self, other))

    def _backward():
        self.grad += other.data * out.grad
        other.grad += self.data * out.grad

    out._backward = _backward
    return out


setattr(Value, "__mul__", __mul__)
