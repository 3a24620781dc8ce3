# what: only whole exponents are accepted
# loses: pow.forward pow.forward_exponents pow.local_gradient_exponents pow.chained pow.independent_nodes
# follows: training.*=2/3

# %% pow
def __pow__(self, n):
    if not isinstance(n, int):
        raise TypeError("n must be a whole number")
    out = Value(self.data**n, (self,))

    def _backward():
        self.grad += n * self.data ** (n - 1) * out.grad

    out._backward = _backward
    return out


setattr(Value, "__pow__", __pow__)
