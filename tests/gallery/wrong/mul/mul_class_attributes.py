# what: the operands are kept as attributes of the class, which all nodes share
# loses: mul.shared_graph mul.independent_nodes
# follows: training.*=2/3

# %% mul
def __mul__(self, other):
    other = other if isinstance(other, Value) else Value(other)
    Value.left, Value.right = self, other
    out = Value(self.data * other.data, (self, other))

    def _backward():
        Value.left.grad += Value.right.data * out.grad
        Value.right.grad += Value.left.data * out.grad

    out._backward = _backward
    return out


setattr(Value, "__mul__", __mul__)
