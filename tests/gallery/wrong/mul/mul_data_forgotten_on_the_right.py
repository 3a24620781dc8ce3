# what: `.data` is forgotten in the gradient of the right operand
# loses: mul.local_gradients
# follows: training.*=2/3 mul.local_gradients_range mul.accumulates mul.square mul.shared_graph mul.independent_nodes
# names: mul.value_in_backward

# %% mul
def __mul__(self, other):
    other = other if isinstance(other, Value) else Value(other)
    out = Value(self.data * other.data, (self, other))

    def _backward():
        self.grad += other.data * out.grad
        other.grad += self * out.grad

    out._backward = _backward
    return out


setattr(Value, "__mul__", __mul__)
