# what: `*` for `**` in the forward line
# loses: pow.forward
# follows: training.*=2/3 pow.forward_exponents pow.chained pow.independent_nodes
# names: pow.multiplies

# %% pow
def __pow__(self, n):
    out = Value(self.data * n, (self,))

    def _backward():
        self.grad += n * self.data ** (n - 1) * out.grad

    out._backward = _backward
    return out


setattr(Value, "__pow__", __pow__)
