# what: the exponent is a child with a gradient of its own, which needs a logarithm
# loses: pow.only_child pow.local_gradient pow.local_gradient_exponents pow.accumulates pow.chained pow.independent_nodes
# follows: training.*=2/3

# %% pow
import math


def __pow__(self, other):
    other = other if isinstance(other, Value) else Value(other)
    out = Value(self.data**other.data, (self, other))

    def _backward():
        self.grad += other.data * self.data ** (other.data - 1) * out.grad
        other.grad += math.log(self.data) * out.data * out.grad

    out._backward = _backward
    return out


setattr(Value, "__pow__", __pow__)
