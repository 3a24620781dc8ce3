# what: `grad` is misspelt in the inner function
# loses: pow.local_gradient pow.local_gradient_exponents pow.accumulates pow.chained pow.independent_nodes
# follows: training.*=2/3
# names: pow.no_such_attribute_in_backward

# %% pow
def __pow__(self, exponent):
    out = Value(self.data**exponent, (self,))

    def _backward():
        self.gradient += exponent * self.data ** (exponent - 1) * out.grad

    out._backward = _backward
    return out


setattr(Value, "__pow__", __pow__)
