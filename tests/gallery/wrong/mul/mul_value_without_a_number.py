# what: Value is called without its number, which is stored afterwards
# loses: mul.*
# follows: training.*=2/3
# names: mul.missing_argument

# %% mul
def __mul__(self, other):
    other = other if isinstance(other, Value) else Value(other)
    out = Value()
    out.data = self.data * other.data
    out._prev = {self, other}

    def _backward():
        self.grad += other.data * out.grad
        other.grad += self.data * out.grad

    out._backward = _backward
    return out


setattr(Value, "__mul__", __mul__)
