# what: two mistakes: the sum in place of the product, and `grad` misspelt
# loses: mul.forward mul.forward_numbers mul.forward_range mul.local_gradients mul.local_gradients_range mul.gradient_with_number mul.accumulates mul.square mul.shared_graph mul.independent_nodes
# follows: training.*=2/3

# %% mul
def __mul__(self, other):
    other = other if isinstance(other, Value) else Value(other)
    out = Value(self.data + other.data, (self, other))

    def _backward():
        self.gard += other.data * out.grad
        other.grad += self.data * out.grad

    out._backward = _backward
    return out


setattr(Value, "__mul__", __mul__)
