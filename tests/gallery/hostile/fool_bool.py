# what: True in the place of numbers
# loses: mul.[!n]* training.*
# says: out.data is bool True

# %% +
def __mul__(self, other):
    self.grad = True
    out = Value(0)
    out.data = True
    return out


setattr(Value, "__mul__", __mul__)
