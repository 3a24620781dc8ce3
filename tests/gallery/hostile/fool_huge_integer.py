# what: 10 ** 20000, too long to be printed or to become a float
# loses: mul.[!n]* training.*
# says: out.data is int beyond 2**53

# %% +
def __mul__(self, other):
    self.grad = -(10**20000)
    out = Value(0, (self,))
    out.data = 10**20000
    return out


setattr(Value, "__mul__", __mul__)
