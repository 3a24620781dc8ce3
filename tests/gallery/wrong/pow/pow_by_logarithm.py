# what: exp(n log x) works for positive bases only
# loses: pow.forward pow.forward_exponents pow.local_gradient pow.local_gradient_exponents pow.chained pow.independent_nodes
# follows: training.*=2/3 pow.accumulates
# names: pow.forward_by_logarithm

# %% pow
import math


def __pow__(self, n):
    out = Value(math.exp(n * math.log(self.data)), (self,))

    def _backward():
        self.grad += n * self.data ** (n - 1) * out.grad

    out._backward = _backward
    return out


setattr(Value, "__pow__", __pow__)
