# what: what other holds is looked up only for an attribute by another name, so that a Value stays one
# loses: mul.forward mul.forward_range mul.node mul.children mul.local_gradients mul.local_gradients_range mul.accumulates mul.square mul.shared_graph mul.independent_nodes
# follows: training.*=2/3
# names: mul.value_taken_for_a_number

# %% mul
def __mul__(self, other):
    partner = getattr(other, "value", other)
    out = Value(self.data * partner, (self, other) if isinstance(other, Value) else (self,))

    def _backward():
        self.grad += partner * out.grad
        if isinstance(other, Value):
            other.grad += self.data * out.grad

    out._backward = _backward
    return out


setattr(Value, "__mul__", __mul__)
