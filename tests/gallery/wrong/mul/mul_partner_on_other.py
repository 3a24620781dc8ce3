# what: the left operand is stored on the right one, where its next product overwrites it
# loses: mul.independent_nodes
# follows: training.*=2/3

# %% mul
def __mul__(self, other):
    other = other if isinstance(other, Value) else Value(other)
    out = Value(self.data * other.data, (self, other))
    other.partner = self

    def _backward():
        other.partner.grad += other.data * out.grad
        other.grad += other.partner.data * out.grad

    out._backward = _backward
    return out


setattr(Value, "__mul__", __mul__)
