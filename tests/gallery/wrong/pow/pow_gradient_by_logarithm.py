# what: the derivative of the exponential function, not of the power
# loses: pow.local_gradient pow.local_gradient_exponents pow.chained pow.independent_nodes
# follows: training.*=2/3 pow.accumulates
# names: pow.by_logarithm

# %% pow
import math


def __pow__(self, n):
    out = Value(self.data**n, (self,))

    def _backward():
        self.grad += self.data**n * math.log(self.data) * out.grad

    out._backward = _backward
    return out


setattr(Value, "__pow__", __pow__)
