# what: the power is rounded to three decimals
# loses: pow.forward_exponents pow.chained pow.independent_nodes

# %% pow
def __pow__(self, n):
    out = Value(round(self.data**n, 3), (self,))

    def _backward():
        self.grad += n * self.data ** (n - 1) * out.grad

    out._backward = _backward
    return out


setattr(Value, "__pow__", __pow__)
