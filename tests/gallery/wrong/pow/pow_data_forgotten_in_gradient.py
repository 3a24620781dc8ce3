# what: the local gradient is computed with the Value
# loses: pow.local_gradient
# follows: training.*=2/3 pow.local_gradient_exponents pow.accumulates pow.chained pow.independent_nodes
# names: pow.value_in_backward

# %% pow
def __pow__(self, exponent):
    out = Value(self.data**exponent, (self,))

    def _backward():
        self.grad += exponent * self ** (exponent - 1) * out.grad

    out._backward = _backward
    return out


setattr(Value, "__pow__", __pow__)
