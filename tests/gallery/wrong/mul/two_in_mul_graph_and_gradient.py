# what: swapped gradients and a missing child at once: both are named
# loses: mul.children mul.local_gradients mul.local_gradients_range mul.gradient_with_number mul.accumulates mul.square mul.shared_graph mul.independent_nodes
# follows: training.*=2/3
# names: mul.swapped+mul.missing_right_child

# %% mul
def __mul__(self, other):
    other = other if isinstance(other, Value) else Value(other)
    out = Value(self.data * other.data, (self,))

    def _backward():
        self.grad += self.data * out.grad
        other.grad += other.data * out.grad

    out._backward = _backward
    return out


setattr(Value, "__mul__", __mul__)
