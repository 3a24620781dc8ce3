# what: the stub was left in its cell, the solution written in a cell of its own below
# loses: nothing

# %% mul
def __mul__(self, other):
    """Return `self * other`, where `other` is a Value or a plain number."""
    raise NotImplementedError("Question mul: __mul__ is still blank")


setattr(Value, "__mul__", __mul__)

# %% +
def __mul__(self, other):
    other = other if isinstance(other, Value) else Value(other)
    out = Value(self.data * other.data, (self, other))

    def _backward():
        self.grad += other.data * out.grad
        other.grad += self.data * out.grad

    out._backward = _backward
    return out


setattr(Value, "__mul__", __mul__)
