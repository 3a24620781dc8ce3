# what: nan, which some comparisons let pass
# loses: mul.[!n]* training.*
# says: out.data is nan

# %% +
def __mul__(self, other):
    out = Value(float("nan"), (self,))
    self.grad = float("nan")
    return out


setattr(Value, "__mul__", __mul__)
