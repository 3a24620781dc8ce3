# what: a name is set for Values only: an error for some operands
# loses: mul.forward_numbers mul.gradient_with_number
# follows: training.*=2/3

# %% mul
def __mul__(self, other):
    if isinstance(other, Value):
        factor = other.data
    else:
        other = Value(other)
    out = Value(self.data * factor, (self, other))

    def _backward():
        self.grad += factor * out.grad
        other.grad += self.data * out.grad

    out._backward = _backward
    return out


setattr(Value, "__mul__", __mul__)
