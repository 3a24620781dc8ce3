# what: the partner is stored on self, where its next product overwrites it
# loses: mul.independent_nodes

# %% mul
def __mul__(self, other):
    other = other if isinstance(other, Value) else Value(other)
    out = Value(self.data * other.data, (self, other))
    self.partner = other

    def _backward():
        self.grad += self.partner.data * out.grad
        self.partner.grad += self.data * out.grad

    out._backward = _backward
    return out


setattr(Value, "__mul__", __mul__)
