# what: the local gradient is the power itself
# loses: pow.local_gradient
# follows: training.*=2/3 pow.local_gradient_exponents pow.accumulates pow.chained pow.independent_nodes
# names: pow.power_itself

# %% pow
def __pow__(self, exponent):
    out = Value(self.data**exponent, (self,))

    def _backward():
        self.grad += self.data**exponent * out.grad

    out._backward = _backward
    return out


setattr(Value, "__pow__", __pow__)
