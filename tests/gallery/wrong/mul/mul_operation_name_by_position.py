# what: the operation's name of another tutorial is a third argument of Value
# loses: mul.*
# follows: training.*=2/3
# names: mul.too_many_arguments

# %% mul
def __mul__(self, other):
    other = other if isinstance(other, Value) else Value(other)
    out = Value(self.data * other.data, (self, other), '*')

    def _backward():
        self.grad += other.data * out.grad
        other.grad += self.data * out.grad

    out._backward = _backward
    return out


setattr(Value, "__mul__", __mul__)
