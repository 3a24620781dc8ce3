# what: 2 * x whatever the exponent
# loses: pow.local_gradient
# follows: training.*=2/3 pow.local_gradient_exponents pow.accumulates pow.chained pow.independent_nodes
# names: pow.only_squares

# %% pow
def __pow__(self, n):
    out = Value(self.data**n, (self,))

    def _backward():
        self.grad += 2 * self.data * out.grad

    out._backward = _backward
    return out


setattr(Value, "__pow__", __pow__)
