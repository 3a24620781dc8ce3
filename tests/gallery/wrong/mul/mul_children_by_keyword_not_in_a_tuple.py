# what: one child by its keyword, without a tuple
# loses: mul.*
# follows: training.*=2/3
# names: mul.children_not_in_a_tuple

# %% mul
def __mul__(self, other):
    other = other if isinstance(other, Value) else Value(other)
    out = Value(self.data * other.data, _children=self)

    def _backward():
        self.grad += other.data * out.grad
        other.grad += self.data * out.grad

    out._backward = _backward
    return out


setattr(Value, "__mul__", __mul__)
