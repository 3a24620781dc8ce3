# what: the word Value is missing before number and children
# loses: mul.*
# follows: training.*=2/3
# names: mul.out_is_a_tuple

# %% mul
def __mul__(self, other):
    other = other if isinstance(other, Value) else Value(other)
    out = (self.data * other.data, (self, other))

    def _backward():
        self.grad += other.data * out.grad
        other.grad += self.data * out.grad

    out._backward = _backward
    return out


setattr(Value, "__mul__", __mul__)
