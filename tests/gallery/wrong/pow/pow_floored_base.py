# what: the base is kept above zero, so that no power is complex
# loses: pow.chained pow.forward* pow.independent_nodes pow.local_gradient* training.*

# %% pow
def __pow__(self, n):
    base = max(self.data, 1e-8)
    out = Value(base**n, (self,))

    def _backward():
        self.grad += n * base ** (n - 1) * out.grad

    out._backward = _backward
    return out


setattr(Value, "__pow__", __pow__)
