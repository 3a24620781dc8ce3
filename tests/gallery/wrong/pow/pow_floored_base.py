# what: the base is kept above zero, so that no power is complex
# loses: pow.forward pow.forward_exponents pow.local_gradient pow.local_gradient_exponents pow.accumulates pow.chained pow.independent_nodes
# follows: training.*=2/3

# %% pow
def __pow__(self, n):
    base = max(self.data, 1e-8)
    out = Value(base**n, (self,))

    def _backward():
        self.grad += n * base ** (n - 1) * out.grad

    out._backward = _backward
    return out


setattr(Value, "__pow__", __pow__)
