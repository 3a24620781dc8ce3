# what: a helper attached under a dunder name of the student's own
# loses: nothing

# %% mul
def __wrap__(self, x):
    return x if isinstance(x, Value) else Value(x)


setattr(Value, "__wrap__", __wrap__)


def __mul__(self, other):
    other = self.__wrap__(other)
    out = Value(self.data * other.data, (self, other))

    def _backward():
        self.grad += other.data * out.grad
        other.grad += self.data * out.grad

    out._backward = _backward
    return out


setattr(Value, "__mul__", __mul__)
