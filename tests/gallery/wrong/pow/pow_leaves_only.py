# what: only leaves receive a gradient
# loses: pow.chained
# follows: training.*=2/3
# names: pow.leaves_only

# %% pow
def __pow__(self, n):
    out = Value(self.data**n, (self,))

    def _backward():
        if not self._prev:
            self.grad += n * self.data ** (n - 1) * out.grad

    out._backward = _backward
    return out


setattr(Value, "__pow__", __pow__)
