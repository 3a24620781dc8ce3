# what: the operands are kept in global names, which the next product overwrites
# loses: mul.shared_graph mul.independent_nodes
# follows: training.*=2/3

# %% mul
left = right = result = None


def backward_of_product():
    left.grad += right.data * result.grad
    right.grad += left.data * result.grad


def __mul__(self, other):
    global left, right, result
    other = other if isinstance(other, Value) else Value(other)
    left, right = self, other
    out = Value(self.data * other.data, (self, other))
    result = out
    out._backward = backward_of_product
    return out


setattr(Value, "__mul__", __mul__)
