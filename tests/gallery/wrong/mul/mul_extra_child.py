# what: a constant is recorded as a third child
# loses: mul.children
# follows: training.*=2/3 mul.shared_graph
# names: mul.extra_child

# %% mul
def __mul__(self, other):
    other = other if isinstance(other, Value) else Value(other)
    out = Value(self.data * other.data, (self, other, Value(1)))

    def _backward():
        self.grad += other.data * out.grad
        other.grad += self.data * out.grad

    out._backward = _backward
    return out


setattr(Value, "__mul__", __mul__)
