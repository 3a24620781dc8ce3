# what: the product adds, and below it a line that cannot be read: both are told
# loses: mul.forward mul.forward_numbers
# follows: training.*=2/3 mul.forward_range mul.shared_graph mul.independent_nodes
# names: mul.adds
# says: `it works` in line 14 cannot be read

# %% mul
def __mul__(self, other):
    other = other if isinstance(other, Value) else Value(other)
    out = Value(self.data + other.data, (self, other))

    def _backward():
        self.grad += other.data * out.grad
        other.grad += self.data * out.grad

    out._backward = _backward
    return out


setattr(Value, "__mul__", __mul__)
it works
