# what: new Values with the operands' data take their place
# loses: mul.children mul.local_gradients mul.gradient_with_number
# follows: training.*=2/3 mul.local_gradients_range mul.accumulates mul.square mul.shared_graph mul.independent_nodes
# names: mul.copies

# %% mul
def __mul__(self, other):
    a = Value(self.data)
    b = Value(other.data if isinstance(other, Value) else other)
    out = Value(a.data * b.data, (a, b))

    def _backward():
        a.grad += b.data * out.grad
        b.grad += a.data * out.grad

    out._backward = _backward
    return out


setattr(Value, "__mul__", __mul__)
