# what: nan, which some comparisons let pass
# loses: mul.forward mul.forward_numbers mul.forward_range mul.children mul.local_gradients mul.local_gradients_range mul.gradient_with_number mul.accumulates mul.square mul.shared_graph mul.independent_nodes
# follows: training.*=2/3
# says: out.data is nan

# %% +
def __mul__(self, other):
    out = Value(float("nan"), (self,))
    self.grad = float("nan")
    return out


setattr(Value, "__mul__", __mul__)
