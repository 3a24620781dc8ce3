# what: the exponent 1 returns the base itself
# loses: pow.independent_nodes

# %% pow
def __pow__(self, n):
    if n == 1:
        return self
    out = Value(self.data**n, (self,))

    def _backward():
        self.grad += n * self.data ** (n - 1) * out.grad

    out._backward = _backward
    return out


setattr(Value, "__pow__", __pow__)
