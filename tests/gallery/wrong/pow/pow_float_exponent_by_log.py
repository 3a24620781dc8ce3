# what: float exponents go through the logarithm, which a negative base does not have
# loses: pow.local_gradient_exponents pow.forward_exponents

# %% pow
import math


def __pow__(self, n):
    if isinstance(n, int):
        value = self.data**n
    else:
        value = math.exp(n * math.log(self.data))
    out = Value(value, (self,))

    def _backward():
        self.grad += n * self.data ** (n - 1) * out.grad

    out._backward = _backward
    return out


setattr(Value, "__pow__", __pow__)
