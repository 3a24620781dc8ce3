# what: an exception of the student's own says something like Python's: no mistake is told by it
# loses: mul.*
# follows: training.*=2/3

# %% mul
def __mul__(self, other):
    other = other if isinstance(other, Value) else Value(other)
    raise TypeError("takes from 2 to 3 positional arguments but 4 were given")
    out = Value(self.data * other.data, (self, other))

    def _backward():
        self.grad += other.data * out.grad
        other.grad += self.data * out.grad

    out._backward = _backward
    return out


setattr(Value, "__mul__", __mul__)
