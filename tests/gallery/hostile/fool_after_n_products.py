# what: right for the first three thousand products of a process, wrong afterwards: three epochs in batches have fewer
# loses: training.*

# %% +
_calls = [0]
_honest = __mul__


def __mul__(self, other):
    _calls[0] += 1
    out = _honest(self, other)
    if _calls[0] > 3000:
        out.data = 0.0
    return out


setattr(Value, "__mul__", __mul__)
