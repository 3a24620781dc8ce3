# what: the exponent is ignored: every power is a square
# loses: pow.forward pow.local_gradient
# follows: training.*=2/3 pow.forward_exponents pow.local_gradient_exponents pow.accumulates pow.chained pow.independent_nodes
# names: pow.always_squares

# %% pow
def __pow__(self, n):
    out = Value(self.data * self.data, (self,))

    def _backward():
        self.grad += 2 * self.data * out.grad

    out._backward = _backward
    return out


setattr(Value, "__pow__", __pow__)
