# what: the absolute value of the base in the gradient only
# loses: pow.local_gradient
# follows: training.*=2/3 pow.local_gradient_exponents pow.accumulates pow.chained pow.independent_nodes
# names: pow.absolute_base_in_gradient

# %% pow
def __pow__(self, n):
    out = Value(self.data**n, (self,))

    def _backward():
        self.grad += n * abs(self.data) ** (n - 1) * out.grad

    out._backward = _backward
    return out


setattr(Value, "__pow__", __pow__)
