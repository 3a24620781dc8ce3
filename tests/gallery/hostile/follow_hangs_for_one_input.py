# what: `__mul__` is wrong, and hangs for an operand of 0: nothing is lent for what does not end
# loses: mul.forward mul.forward_range mul.local_gradients_range mul.gradient_with_number mul.accumulates mul.square mul.shared_graph mul.independent_nodes training.*

# %% mul
def __mul__(self, other):
    other = other if isinstance(other, Value) else Value(other)
    while self.data == 0:
        pass
    out = Value(self.data * other.data, (self, other))

    def _backward():
        self.grad = other.data * out.grad
        other.grad = self.data * out.grad

    out._backward = _backward
    return out


setattr(Value, "__mul__", __mul__)
