# what: base and exponent change places in the gradient
# loses: pow.local_gradient pow.local_gradient_exponents
# follows: training.*=2/3 pow.accumulates pow.chained pow.independent_nodes
# names: pow.swapped_in_gradient

# %% pow
def __pow__(self, exponent):
    out = Value(self.data**exponent, (self,))

    def _backward():
        self.grad += self.data * exponent ** (self.data - 1) * out.grad

    out._backward = _backward
    return out


setattr(Value, "__pow__", __pow__)
