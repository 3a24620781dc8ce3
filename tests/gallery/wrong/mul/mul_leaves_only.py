# what: only leaves receive a gradient, as in PyTorch
# loses: mul.shared_graph
# follows: training.*=2/3
# names: mul.leaves_only

# %% mul
def __mul__(self, other):
    other = other if isinstance(other, Value) else Value(other)
    out = Value(self.data * other.data, (self, other))

    def _backward():
        if not self._prev:
            self.grad += other.data * out.grad
        if not other._prev:
            other.grad += self.data * out.grad

    out._backward = _backward
    return out


setattr(Value, "__mul__", __mul__)
