# what: functools.partialmethod attached
# loses: nothing

# %% relu
from functools import partialmethod


def _unary(self, f=None, df=None):
    out = Value(f(self.data), (self,))

    def _backward():
        self.grad += df(self.data) * out.grad

    out._backward = _backward
    return out


setattr(Value, "relu", partialmethod(_unary, f=lambda x: max(x, 0.0), df=lambda x: float(x > 0)))
