# what: the plain product is returned, no Value
# loses: mul.forward mul.forward_numbers mul.forward_range mul.node mul.children mul.local_gradients mul.local_gradients_range mul.gradient_with_number mul.accumulates mul.square mul.independent_nodes
# follows: training.*=2/3 mul.shared_graph
# names: mul.returns_number

# %% mul
def __mul__(self, other):
    other = other if isinstance(other, Value) else Value(other)
    out = self.data * other.data
    return out


setattr(Value, "__mul__", __mul__)
