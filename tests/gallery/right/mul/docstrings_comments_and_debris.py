# what: long docstrings, commented-out attempts, prints and an unused second version above
# loses: nothing

# %% mul
def __mul__(self, other):
    # first attempt, wrong: no upstream gradient
    other = other if isinstance(other, Value) else Value(other)
    out = Value(self.data * other.data, (self, other))

    def _backward():
        self.grad += other.data
        other.grad += self.data

    out._backward = _backward
    return out


def __mul__(self, other):
    """Product rule: d(ab) = b da + a db.

    >>> (Value(2) * Value(3)).data
    6.0
    """
    other = other if isinstance(other, Value) else Value(other)
    # print("mul", self.data, other.data)
    out = Value(self.data * other.data, (self, other))

    def _backward():
        # self.grad = other.data * out.grad
        self.grad += other.data * out.grad
        other.grad += self.data * out.grad
        # return out

    out._backward = _backward
    return out


setattr(Value, "__mul__", __mul__)
print("mul attached")
