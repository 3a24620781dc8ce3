# what: no factor and no upstream gradient at once: both are named
# loses: pow.local_gradient pow.local_gradient_exponents pow.accumulates pow.chained pow.independent_nodes
# follows: training.*=2/3
# names: pow.no_upstream+pow.no_factor

# %% pow
def __pow__(self, n):
    out = Value(self.data**n, (self,))

    def _backward():
        self.grad += self.data ** (n - 1)

    out._backward = _backward
    return out


setattr(Value, "__pow__", __pow__)
