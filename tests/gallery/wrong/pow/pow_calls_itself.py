# what: the power is computed with the sign that it defines
# loses: pow.*
# follows: training.*=2/3
# names: pow.calls_itself

# %% pow
def __pow__(self, exponent):
    out = Value(self**exponent, (self,))

    def _backward():
        self.grad += exponent * self.data ** (exponent - 1) * out.grad

    out._backward = _backward
    return out


setattr(Value, "__pow__", __pow__)
