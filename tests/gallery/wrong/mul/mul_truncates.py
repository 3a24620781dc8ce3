# what: the product is cut off to a whole number
# loses: mul.forward mul.forward_numbers mul.forward_range mul.shared_graph mul.independent_nodes
# follows: training.*=2/3

# %% mul
def __mul__(self, other):
    other = other if isinstance(other, Value) else Value(other)
    out = Value(int(self.data * other.data), (self, other))

    def _backward():
        self.grad += other.data * out.grad
        other.grad += self.data * out.grad

    out._backward = _backward
    return out


setattr(Value, "__mul__", __mul__)
