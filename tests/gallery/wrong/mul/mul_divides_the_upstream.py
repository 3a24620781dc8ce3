# what: the upstream gradient is divided by the other operand
# loses: mul.local_gradients mul.local_gradients_range mul.gradient_with_number
# follows: training.*=2/3 mul.accumulates mul.square mul.shared_graph mul.independent_nodes
# names: mul.divides

# %% mul
def __mul__(self, other):
    other = other if isinstance(other, Value) else Value(other)
    out = Value(self.data * other.data, (self, other))

    def _backward():
        self.grad += out.grad / other.data
        other.grad += out.grad / self.data

    out._backward = _backward
    return out


setattr(Value, "__mul__", __mul__)
