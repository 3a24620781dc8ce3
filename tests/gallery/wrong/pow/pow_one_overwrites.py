# what: the exponent 1 is a case of its own, which overwrites
# loses: pow.chained

# %% pow
def __pow__(self, n):
    out = Value(self.data**n, (self,))

    def _backward():
        if n == 1:
            self.grad = out.grad
        else:
            self.grad += n * self.data ** (n - 1) * out.grad

    out._backward = _backward
    return out


setattr(Value, "__pow__", __pow__)
