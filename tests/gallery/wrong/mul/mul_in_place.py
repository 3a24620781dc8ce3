# what: self is multiplied in place and returned
# loses: mul.node mul.children mul.gradient_with_number
# follows: training.*=2/3 mul.local_gradients mul.local_gradients_range mul.accumulates mul.square mul.shared_graph mul.independent_nodes
# names: mul.in_place

# %% mul
def __mul__(self, other):
    other = other if isinstance(other, Value) else Value(other)
    self.data = self.data * other.data
    return self


setattr(Value, "__mul__", __mul__)
