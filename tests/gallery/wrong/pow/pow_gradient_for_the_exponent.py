# what: the exponent, a plain number, is given a gradient
# loses: pow.local_gradient pow.local_gradient_exponents pow.accumulates pow.chained pow.independent_nodes
# follows: training.*=2/3
# names: pow.number_in_backward

# %% pow
def __pow__(self, exponent):
    out = Value(self.data**exponent, (self,))

    def _backward():
        self.grad += exponent * self.data ** (exponent - 1) * out.grad
        exponent.grad += self.data**exponent * out.grad

    out._backward = _backward
    return out


setattr(Value, "__pow__", __pow__)
