# what: the inner function wants the gradient as an argument
# loses: pow.local_gradient pow.local_gradient_exponents pow.accumulates pow.chained pow.independent_nodes
# follows: training.*=2/3
# names: pow.backward_takes_arguments

# %% pow
def __pow__(self, exponent):
    out = Value(self.data**exponent, (self,))

    def _backward(grad):
        self.grad += exponent * self.data ** (exponent - 1) * grad

    out._backward = _backward
    return out


setattr(Value, "__pow__", __pow__)
