# what: an endless loop in `_backward` only: the forward checks come first and keep their points
# loses: mul.local_gradients* mul.gradient_with_number mul.accumulates mul.square mul.shared_graph mul.independent_nodes training.*
# says: is there a loop that does not end?

# %% mul
def __mul__(self, other):
    other = other if isinstance(other, Value) else Value(other)
    out = Value(self.data * other.data, (self, other))

    def _backward():
        while out.grad != self.grad:
            pass

    out._backward = _backward
    return out


setattr(Value, "__mul__", __mul__)
