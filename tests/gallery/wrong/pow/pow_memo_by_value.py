# what: powers are cached by base and exponent
# loses: pow.independent_nodes

# %% pow
cache = {}


def __pow__(self, n):
    if (self.data, n) in cache:
        return cache[self.data, n]
    out = Value(self.data**n, (self,))

    def _backward():
        self.grad += n * self.data ** (n - 1) * out.grad

    out._backward = _backward
    cache[self.data, n] = out
    return out


setattr(Value, "__pow__", __pow__)
