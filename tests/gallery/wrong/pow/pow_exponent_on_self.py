# what: the exponent is stored on the base, where its next power overwrites it
# loses: pow.independent_nodes

# %% pow
def __pow__(self, n):
    out = Value(self.data**n, (self,))
    self.n = n

    def _backward():
        self.grad += self.n * self.data ** (self.n - 1) * out.grad

    out._backward = _backward
    return out


setattr(Value, "__pow__", __pow__)
