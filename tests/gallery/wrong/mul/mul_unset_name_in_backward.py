# what: the inner function assigns to the name of the operand
# loses: mul.local_gradients mul.local_gradients_range mul.gradient_with_number mul.accumulates mul.square mul.shared_graph mul.independent_nodes
# follows: training.*=2/3
# names: mul.unset_name_in_backward

# %% mul
def __mul__(self, other):
    other = other if isinstance(other, Value) else Value(other)
    out = Value(self.data * other.data, (self, other))

    def _backward():
        other = other.data
        self.grad += other.data * out.grad
        other.grad += self.data * out.grad

    out._backward = _backward
    return out


setattr(Value, "__mul__", __mul__)
