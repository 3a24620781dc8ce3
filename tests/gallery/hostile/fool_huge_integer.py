# what: 10 ** 20000, too long to be printed or to become a float
# loses: mul.forward mul.forward_numbers mul.forward_range mul.children mul.local_gradients mul.local_gradients_range mul.gradient_with_number mul.accumulates mul.square mul.shared_graph mul.independent_nodes
# follows: training.*=2/3
# says: out.data is int beyond 2**53

# %% +
def __mul__(self, other):
    self.grad = -(10**20000)
    out = Value(0, (self,))
    out.data = 10**20000
    return out


setattr(Value, "__mul__", __mul__)
