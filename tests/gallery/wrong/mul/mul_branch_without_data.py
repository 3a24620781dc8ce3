# what: a branch for numbers that is right, and one for Values that forgets .data
# loses: mul.forward mul.forward_range mul.node mul.children mul.local_gradients mul.local_gradients_range mul.accumulates mul.square mul.shared_graph mul.independent_nodes
# follows: training.*=2/3
# names: mul.value_taken_for_a_number

# %% mul
def __mul__(self, other):
    if isinstance(other, (int, float)):
        out = Value(self.data * other, (self,))

        def _backward():
            self.grad += other * out.grad

    else:
        out = Value(self.data * other, (self, other))

        def _backward():
            self.grad += other.data * out.grad
            other.grad += self.data * out.grad

    out._backward = _backward
    return out


setattr(Value, "__mul__", __mul__)
