# what: a regular expression that takes for ever and holds the interpreter meanwhile
# loses: mul.* training.*
# says: is there a loop that does not end?

# %% +
import re


def __mul__(self, other):
    return Value(re.match(r"(a*)*(a*)*(a*)*b", "a" * 100_000))


setattr(Value, "__mul__", __mul__)
