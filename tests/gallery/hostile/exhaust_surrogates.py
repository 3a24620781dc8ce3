# what: lone surrogates, control characters and right-to-left marks in exceptions, names and lines of code
# loses: mul.*
# follows: training.*=2/3
# says: ValueError: half

# %% +
Odd = type("\udfff\u202e", (), {})
missing = no_such_name  # \u202e \ud800


def __mul__(self, other):
    raise ValueError("half \ud800\u202e\u2066 \x85\u2028 a pair")


setattr(Value, "__mul__", __mul__)
