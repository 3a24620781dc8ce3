# what: the inner function lowers the exponent, which by that is its own
# loses: pow.local_gradient pow.local_gradient_exponents pow.accumulates pow.chained pow.independent_nodes
# follows: training.*=2/3
# names: pow.unset_name_in_backward

# %% pow
def __pow__(self, exponent):
    out = Value(self.data**exponent, (self,))

    def _backward():
        n = exponent
        exponent -= 1
        self.grad += n * self.data**exponent * out.grad

    out._backward = _backward
    return out


setattr(Value, "__pow__", __pow__)
