# what: the power has a parameter that nobody gives it
# loses: pow.*
# follows: training.*=2/3
# names: pow.wrong_parameters

# %% pow
def __pow__(self, other, exponent):
    out = Value(self.data**exponent, (self,))

    def _backward():
        self.grad += exponent * self.data ** (exponent - 1) * out.grad

    out._backward = _backward
    return out


setattr(Value, "__pow__", __pow__)
