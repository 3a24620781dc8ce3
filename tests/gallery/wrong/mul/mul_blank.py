# what: the product is left blank
# loses: mul.* training.*

# %% mul
def __mul__(self, other):
    raise NotImplementedError("Question mul: __mul__ is still blank")


setattr(Value, "__mul__", __mul__)
