# what: one big multiplication that holds the interpreter, at load and in an operator
# loses: mul.* training.*
# says: was left out

# %% +
big = 7 ** 10**9


def __mul__(self, other):
    return Value(7 ** 10**9)


setattr(Value, "__mul__", __mul__)
