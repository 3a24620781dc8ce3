# what: isinstance asks for float only, so an int stays an int
# loses: mul.gradient_with_number mul.forward_numbers

# %% mul
def __mul__(self, other):
    if isinstance(other, float):
        other = Value(other)
    out = Value(self.data * other.data, (self, other))

    def _backward():
        self.grad += other.data * out.grad
        other.grad += self.data * out.grad

    out._backward = _backward
    return out


setattr(Value, "__mul__", __mul__)
