# what: the other operand's grad is used in place of its data
# loses: mul.local_gradients mul.gradient_with_number
# follows: training.*=2/3 mul.local_gradients_range mul.accumulates mul.square mul.shared_graph mul.independent_nodes
# names: mul.other_gradient

# %% mul
def __mul__(self, other):
    other = other if isinstance(other, Value) else Value(other)
    out = Value(self.data * other.data, (self, other))

    def _backward():
        self.grad += other.grad * out.grad
        other.grad += self.grad * out.grad

    out._backward = _backward
    return out


setattr(Value, "__mul__", __mul__)
