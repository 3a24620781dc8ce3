# what: the power rule with its own branches for 0, 1, whole and other exponents
# loses: nothing

# %% pow
import math


def derivative_of_power(x, n):
    if n == 0:
        return 0.0
    if n == 1:
        return 1.0
    if n == int(n) or x <= 0:
        return n * x ** (n - 1)
    return n * math.exp((n - 1) * math.log(x))


def __pow__(self, n):
    assert isinstance(n, (int, float)), "only plain exponents"
    out = Value(self.data**n, (self,))

    def _backward():
        self.grad += derivative_of_power(self.data, n) * out.grad

    out._backward = _backward
    return out


setattr(Value, "__pow__", __pow__)
