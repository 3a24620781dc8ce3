# what: `=` for `+=` and no upstream gradient at once: both are named
# loses: mul.local_gradients mul.local_gradients_range mul.gradient_with_number mul.accumulates mul.square mul.shared_graph mul.independent_nodes
# follows: training.*=2/3
# names: mul.overwrites+mul.no_upstream

# %% mul
def __mul__(self, other):
    other = other if isinstance(other, Value) else Value(other)
    out = Value(self.data * other.data, (self, other))

    def _backward():
        self.grad = other.data
        other.grad = self.data

    out._backward = _backward
    return out


setattr(Value, "__mul__", __mul__)
