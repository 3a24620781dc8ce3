# what: True in the place of numbers
# loses: mul.forward mul.forward_numbers mul.forward_range mul.children mul.local_gradients mul.local_gradients_range mul.gradient_with_number mul.accumulates mul.square mul.shared_graph mul.independent_nodes
# follows: training.*=2/3
# says: out.data is bool True

# %% +
def __mul__(self, other):
    self.grad = True
    out = Value(0)
    out.data = True
    return out


setattr(Value, "__mul__", __mul__)
