# what: other is changed in place and returned
# loses: mul.node mul.children mul.local_gradients mul.local_gradients_range mul.gradient_with_number mul.accumulates mul.square mul.shared_graph mul.independent_nodes
# follows: training.*=2/3

# %% mul
def __mul__(self, other):
    other = other if isinstance(other, Value) else Value(other)
    other.data *= self.data
    return other


setattr(Value, "__mul__", __mul__)
