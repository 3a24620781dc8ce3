# what: the factor becomes n - 1 and the exponent stays n
# loses: pow.local_gradient
# follows: training.*=2/3 pow.local_gradient_exponents pow.accumulates pow.chained pow.independent_nodes
# names: pow.wrong_one_lowered

# %% pow
def __pow__(self, exponent):
    out = Value(self.data**exponent, (self,))

    def _backward():
        self.grad += (exponent - 1) * self.data**exponent * out.grad

    out._backward = _backward
    return out


setattr(Value, "__pow__", __pow__)
