# what: the contribution is added to out's own gradient
# loses: pow.local_gradient
# follows: training.*=2/3 pow.local_gradient_exponents pow.accumulates pow.chained pow.independent_nodes
# names: pow.into_out

# %% pow
def __pow__(self, exponent):
    out = Value(self.data**exponent, (self,))

    def _backward():
        out.grad += exponent * self.data ** (exponent - 1) * out.grad

    out._backward = _backward
    return out


setattr(Value, "__pow__", __pow__)
