# what: negative exponents are a case of their own, which overwrites
# loses: pow.chained

# %% pow
def __pow__(self, n):
    out = Value(self.data**n, (self,))

    def _backward():
        if n < 0:
            self.grad = n * self.data ** (n - 1) * out.grad
        else:
            self.grad += n * self.data ** (n - 1) * out.grad

    out._backward = _backward
    return out


setattr(Value, "__pow__", __pow__)
