# what: _backward calls that of the base
# loses: pow.chained
# follows: training.*=2/3
# names: pow.recursive

# %% pow
def __pow__(self, exponent):
    out = Value(self.data**exponent, (self,))

    def _backward():
        self.grad += exponent * self.data ** (exponent - 1) * out.grad
        self._backward()

    out._backward = _backward
    return out


setattr(Value, "__pow__", __pow__)
