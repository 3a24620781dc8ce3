# what: exponents above 8 are cut off
# loses: pow.local_gradient_exponents pow.forward_exponents

# %% pow
def __pow__(self, n):
    n = min(n, 8)
    out = Value(self.data**n, (self,))

    def _backward():
        self.grad += n * self.data ** (n - 1) * out.grad

    out._backward = _backward
    return out


setattr(Value, "__pow__", __pow__)
