# what: values of 50 MB, and two million children
# loses: mul.forward* mul.node mul.children mul.local_gradients* mul.gradient_with_number mul.accumulates mul.square mul.shared_graph mul.independent_nodes training.*
# says: an object of type str

# %% +
def __mul__(self, other):
    self.grad = b"9" * 50_000_000
    return Value("9" * 50_000_000, range(2_000_000))


setattr(Value, "__mul__", __mul__)
