# what: asks for ten gigabytes at once
# loses: mul.* training.*
# says: MemoryError

# %% +
def __mul__(self, other):
    return Value(bytearray(10**10))


setattr(Value, "__mul__", __mul__)
