# what: values of 50 MB, and two million children
# loses: mul.[!n]* training.*
# says: an object of type str

# %% +
def __mul__(self, other):
    self.grad = b"9" * 50_000_000
    out = Value(0, range(500_000))
    out.data = "9" * 50_000_000
    return out


setattr(Value, "__mul__", __mul__)
