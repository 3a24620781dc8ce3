# what: a zero exponent counts as missing and becomes 2
# loses: pow.chained pow.forward_exponents pow.local_gradient_exponents

# %% pow
def __pow__(self, n):
    n = n or 2
    out = Value(self.data**n, (self,))

    def _backward():
        self.grad += n * self.data ** (n - 1) * out.grad

    out._backward = _backward
    return out


setattr(Value, "__pow__", __pow__)
