# what: the blank stubs come again after the solutions, in a copy of the cell: the solutions count, and the report says so
# loses: pow.* training.*
# says: is blank and comes after your own version, which was used

# %% pow
def __pow__(self, exponent):
    """Return `self ** exponent`, where `exponent` is a plain number."""
    raise NotImplementedError("Question pow: __pow__ is still blank")


setattr(Value, "__pow__", __pow__)

# %% +
def __mul__(self, other):
    """Return `self * other`, where `other` is a Value or a plain number."""
    raise NotImplementedError("Question mul: __mul__ is still blank")


setattr(Value, "__mul__", __mul__)

# %% +
choice_1 = ...
choice_2 = None
train_before = ...
