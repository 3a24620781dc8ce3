# what: another error with Values alone, which no missing .data is the cause of: numbers are all that is implemented
# loses: mul.forward mul.forward_range mul.node mul.children mul.local_gradients mul.local_gradients_range mul.accumulates mul.square mul.shared_graph mul.independent_nodes
# follows: training.*=2/3

# %% mul
def __mul__(self, other):
    if isinstance(other, Value):
        return NotImplemented
    out = Value(self.data * other, (self,))

    def _backward():
        self.grad += other * out.grad

    out._backward = _backward
    return out


setattr(Value, "__mul__", __mul__)
