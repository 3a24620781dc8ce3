# what: `__mul__` raises what a stub raises, from a function of its own: nothing is lent for what is blank
# loses: mul.* training.*

# %% mul
def blank():
    raise NotImplementedError("not yet")


def __mul__(self, other):
    return blank()


setattr(Value, "__mul__", __mul__)
