# what: __rmul__ holds the path for numbers, and __mul__ calls it
# loses: nothing

# %% mul
def __rmul__(self, number):
    out = Value(number * self.data, (self,))

    def _backward():
        self.grad += number * out.grad

    out._backward = _backward
    return out


def __mul__(self, other):
    if not isinstance(other, Value):
        return self.__rmul__(other)
    out = Value(self.data * other.data, (self, other))

    def _backward():
        self.grad += other.data * out.grad
        other.grad += self.data * out.grad

    out._backward = _backward
    return out


setattr(Value, "__mul__", __mul__)
# %% +
setattr(Value, "__rmul__", __rmul__)
