# what: the plain power is returned
# loses: pow.* training.*
# names: pow.returns_number

# %% pow
def __pow__(self, n):
    out = self.data**n
    return out


setattr(Value, "__pow__", __pow__)
