# what: isinstance asks for int only, so a float stays a float
# loses: mul.forward_numbers mul.gradient_with_number
# follows: training.*=2/3

# %% mul
def __mul__(self, other):
    if isinstance(other, int):
        other = Value(other)
    out = Value(self.data * other.data, (self, other))

    def _backward():
        self.grad += other.data * out.grad
        other.grad += self.data * out.grad

    out._backward = _backward
    return out


setattr(Value, "__mul__", __mul__)
