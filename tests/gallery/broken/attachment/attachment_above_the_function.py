# what: the line that attaches the power stands above the function, and raises
# loses: nothing

# %% pow
setattr(Value, "__pow__", __pow__)


def __pow__(self, n):
    out = Value(self.data**n, (self,))

    def _backward():
        self.grad += n * self.data ** (n - 1) * out.grad

    out._backward = _backward
    return out
