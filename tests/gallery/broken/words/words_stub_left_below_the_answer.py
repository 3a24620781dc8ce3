# what: the product is written, the line of the blank still stands below it and is never reached
# loses: nothing

# %% mul
def __mul__(self, other):
    other = other if isinstance(other, Value) else Value(other)
    out = Value(self.data * other.data, (self, other))

    def _backward():
        self.grad += other.data * out.grad
        other.grad += self.data * out.grad

    out._backward = _backward
    return out
    raise NotImplementedError("Question mul: __mul__ is still blank")


setattr(Value, "__mul__", __mul__)
