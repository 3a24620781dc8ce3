# what: right for numbers, and for Values a name that nothing was given
# loses: mul.forward mul.forward_range mul.node mul.children mul.local_gradients mul.local_gradients_range mul.accumulates mul.square mul.shared_graph mul.independent_nodes
# follows: training.*=2/3

# %% mul
def __mul__(self, other):
    if isinstance(other, Value):
        return product(self, other)
    out = Value(self.data * other, (self,))

    def _backward():
        self.grad += other * out.grad

    out._backward = _backward
    return out


setattr(Value, "__mul__", __mul__)
