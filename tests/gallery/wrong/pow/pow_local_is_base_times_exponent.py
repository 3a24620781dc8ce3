# what: the local gradient is base times exponent
# loses: pow.local_gradient
# follows: training.*=2/3 pow.local_gradient_exponents pow.accumulates pow.chained pow.independent_nodes
# names: pow.times_exponent

# %% pow
def __pow__(self, exponent):
    out = Value(self.data**exponent, (self,))

    def _backward():
        self.grad += exponent * self.data * out.grad

    out._backward = _backward
    return out


setattr(Value, "__pow__", __pow__)
