# what: right for the first hundred calls, wrong afterwards: only training notices
# loses: training.*

# %% +
_calls = [0]
_honest = __mul__


def __mul__(self, other):
    _calls[0] += 1
    out = _honest(self, other)
    if _calls[0] > 100:
        out.data = 0.0
    return out


setattr(Value, "__mul__", __mul__)
