# what: other is neither wrapped nor asked for its data: right for a number, not for a Value
# loses: mul.forward mul.forward_range mul.node mul.children mul.local_gradients mul.local_gradients_range mul.gradient_with_number mul.accumulates mul.square mul.shared_graph mul.independent_nodes
# follows: training.*=2/3
# names: mul.value_taken_for_a_number

# %% mul
def __mul__(self, other):
    out = Value(self.data * other, (self, other))

    def _backward():
        self.grad += other * out.grad
        other.grad += self.data * out.grad

    out._backward = _backward
    return out


setattr(Value, "__mul__", __mul__)
