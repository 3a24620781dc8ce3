# what: True in the place of numbers
# loses: mul.* training.*
# says: out.data is bool True

# %% +
def __mul__(self, other):
    self.grad = True
    return Value(True)


setattr(Value, "__mul__", __mul__)
