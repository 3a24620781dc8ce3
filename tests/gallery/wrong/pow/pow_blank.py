# what: the power is left blank
# loses: pow.* training.*

# %% pow
def __pow__(self, exponent):
    raise NotImplementedError("Question pow: __pow__ is still blank")


setattr(Value, "__pow__", __pow__)
