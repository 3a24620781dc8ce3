# what: values of 50 MB, and two million children
# loses: mul.forward mul.forward_numbers mul.forward_range mul.children mul.local_gradients mul.local_gradients_range mul.gradient_with_number mul.accumulates mul.square mul.shared_graph mul.independent_nodes
# follows: training.*=2/3
# says: an object of type str

# %% +
def __mul__(self, other):
    self.grad = b"9" * 50_000_000
    out = Value(0, range(500_000))
    out.data = "9" * 50_000_000
    return out


setattr(Value, "__mul__", __mul__)
