# what: the operands are pushed onto a list in a default argument and popped on the way back
# loses: mul.independent_nodes
# follows: training.*=2/3

# %% mul
def __mul__(self, other, saved=[]):
    other = other if isinstance(other, Value) else Value(other)
    saved.append((self, other))
    out = Value(self.data * other.data, (self, other))

    def _backward():
        a, b = saved.pop()
        a.grad += b.data * out.grad
        b.grad += a.data * out.grad

    out._backward = _backward
    return out


setattr(Value, "__mul__", __mul__)
