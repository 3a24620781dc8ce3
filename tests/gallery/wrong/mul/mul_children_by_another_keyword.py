# what: the children are handed over as `children`, without its underscore
# loses: mul.*
# follows: training.*=2/3
# names: mul.unknown_argument

# %% mul
def __mul__(self, other):
    other = other if isinstance(other, Value) else Value(other)
    out = Value(self.data * other.data, children=(self, other))

    def _backward():
        self.grad += other.data * out.grad
        other.grad += self.data * out.grad

    out._backward = _backward
    return out


setattr(Value, "__mul__", __mul__)
