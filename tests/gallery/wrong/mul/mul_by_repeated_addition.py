# what: a product is a sum repeated, which works for whole numbers only
# loses: mul.forward mul.forward_numbers mul.forward_range mul.children mul.local_gradients mul.local_gradients_range mul.gradient_with_number mul.accumulates mul.square mul.shared_graph mul.independent_nodes training.*

# %% mul
def __mul__(self, other):
    other = other if isinstance(other, Value) else Value(other)
    out = Value(0)
    for _ in range(int(other.data)):
        out = out + self
    return out


setattr(Value, "__mul__", __mul__)
