# what: math.pow is given a Value
# loses: pow.*
# follows: training.*=2/3
# names: pow.value_as_number

# %% pow
import math


def __pow__(self, exponent):
    out = Value(math.pow(self, exponent), (self,))

    def _backward():
        self.grad += exponent * self.data ** (exponent - 1) * out.grad

    out._backward = _backward
    return out


setattr(Value, "__pow__", __pow__)
