# what: times one returns the operand itself
# loses: mul.gradient_with_number

# %% mul
def __mul__(self, other):
    if other == 1:
        return self
    other = other if isinstance(other, Value) else Value(other)
    out = Value(self.data * other.data, (self, other))

    def _backward():
        self.grad += other.data * out.grad
        other.grad += self.data * out.grad

    out._backward = _backward
    return out


setattr(Value, "__mul__", __mul__)
