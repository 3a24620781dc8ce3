# what: the forward pass sets the operands' gradients to 0
# loses: mul.accumulates mul.square mul.shared_graph
# follows: training.*=2/3

# %% mul
def __mul__(self, other):
    other = other if isinstance(other, Value) else Value(other)
    self.grad = 0
    other.grad = 0
    out = Value(self.data * other.data, (self, other))

    def _backward():
        self.grad += other.data * out.grad
        other.grad += self.data * out.grad

    out._backward = _backward
    return out


setattr(Value, "__mul__", __mul__)
