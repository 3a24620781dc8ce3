# what: a base of 0 passes no gradient, whatever the exponent
# loses: pow.local_gradient_exponents

# %% pow
def __pow__(self, n):
    out = Value(self.data**n, (self,))

    def _backward():
        if self.data == 0:
            return
        self.grad += n * self.data ** (n - 1) * out.grad

    out._backward = _backward
    return out


setattr(Value, "__pow__", __pow__)
