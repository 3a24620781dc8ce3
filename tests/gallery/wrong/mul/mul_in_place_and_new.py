# what: a new node is made, but self was multiplied in place before
# loses: mul.node mul.gradient_with_number
# follows: training.*=2/3 mul.local_gradients mul.local_gradients_range mul.accumulates mul.square mul.shared_graph mul.independent_nodes
# names: mul.changes_operand

# %% mul
def __mul__(self, other):
    other = other if isinstance(other, Value) else Value(other)
    self.data *= other.data
    out = Value(self.data, (self, other))

    def _backward():
        self.grad += other.data * out.grad
        other.grad += self.data * out.grad

    out._backward = _backward
    return out


setattr(Value, "__mul__", __mul__)
