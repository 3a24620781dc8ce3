# what: the plain product is returned, no Value
# loses: mul.* training.*
# names: mul.returns_number

# %% mul
def __mul__(self, other):
    other = other if isinstance(other, Value) else Value(other)
    out = self.data * other.data
    return out


setattr(Value, "__mul__", __mul__)
