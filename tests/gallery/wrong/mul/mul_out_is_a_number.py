# what: the result is not wrapped, and the inner function attached to a number
# loses: mul.*
# follows: training.*=2/3
# names: mul.out_is_a_number

# %% mul
def __mul__(self, other):
    other = other if isinstance(other, Value) else Value(other)
    out = self.data * other.data

    def _backward():
        self.grad += other.data * out.grad
        other.grad += self.data * out.grad

    out._backward = _backward
    return out


setattr(Value, "__mul__", __mul__)
