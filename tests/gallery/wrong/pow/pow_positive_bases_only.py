# what: a negative base passes no gradient on
# loses: pow.local_gradient pow.local_gradient_exponents pow.accumulates pow.chained pow.independent_nodes
# follows: training.*=2/3

# %% pow
def __pow__(self, n):
    out = Value(self.data**n, (self,))

    def _backward():
        if self.data > 0:
            self.grad += n * self.data ** (n - 1) * out.grad

    out._backward = _backward
    return out


setattr(Value, "__pow__", __pow__)
