# what: each operand's own gradient is used in place of out's
# loses: mul.local_gradients mul.gradient_with_number
# follows: training.*=2/3 mul.local_gradients_range mul.accumulates mul.square mul.shared_graph mul.independent_nodes
# names: mul.own_gradient

# %% mul
def __mul__(self, other):
    other = other if isinstance(other, Value) else Value(other)
    out = Value(self.data * other.data, (self, other))

    def _backward():
        self.grad += other.data * self.grad
        other.grad += self.data * other.grad

    out._backward = _backward
    return out


setattr(Value, "__mul__", __mul__)
