# what: the integral in place of the derivative
# loses: pow.local_gradient pow.local_gradient_exponents pow.chained
# follows: training.*=2/3 pow.accumulates pow.independent_nodes
# names: pow.integrates

# %% pow
def __pow__(self, exponent):
    out = Value(self.data**exponent, (self,))

    def _backward():
        self.grad += self.data ** (exponent + 1) / (exponent + 1) * out.grad

    out._backward = _backward
    return out


setattr(Value, "__pow__", __pow__)
