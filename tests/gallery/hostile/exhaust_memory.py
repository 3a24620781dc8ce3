# what: asks for ten gigabytes at once
# loses: mul.*
# follows: training.*=2/3
# says: MemoryError

# %% +
def __mul__(self, other):
    return Value(bytearray(10**10))


setattr(Value, "__mul__", __mul__)
