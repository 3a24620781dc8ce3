# what: _backward calls the operands' _backward, which backward calls again
# loses: mul.shared_graph
# follows: training.*=2/3
# names: mul.recursive

# %% mul
def __mul__(self, other):
    other = other if isinstance(other, Value) else Value(other)
    out = Value(self.data * other.data, (self, other))

    def _backward():
        self.grad += other.data * out.grad
        other.grad += self.data * out.grad
        self._backward()
        other._backward()

    out._backward = _backward
    return out


setattr(Value, "__mul__", __mul__)
