# what: relu is made of the product, which is blank: its text says which of them
# loses: mul.* relu.* training.*
# says: NotImplementedError: Question mul: __mul__ is still blank (line 3 of

# %% mul
def __mul__(self, other):
    """Return `self * other`, where `other` is a Value or a plain number."""
    raise NotImplementedError("Question mul: __mul__ is still blank")


setattr(Value, "__mul__", __mul__)

# %% relu
def relu(self):
    return self * (self.data > 0)


setattr(Value, "relu", relu)
