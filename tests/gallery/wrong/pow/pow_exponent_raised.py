# what: the exponent becomes n + 1, as if integrated
# loses: pow.local_gradient
# follows: training.*=2/3 pow.local_gradient_exponents pow.accumulates pow.chained pow.independent_nodes
# names: pow.exponent_raised

# %% pow
def __pow__(self, n):
    out = Value(self.data**n, (self,))

    def _backward():
        self.grad += n * self.data ** (n + 1) * out.grad

    out._backward = _backward
    return out


setattr(Value, "__pow__", __pow__)
