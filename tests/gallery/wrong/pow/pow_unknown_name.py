# what: the exponent is called otherwise than the parameter
# loses: pow.*
# follows: training.*=2/3
# names: pow.unknown_name

# %% pow
def __pow__(self, exponent):
    out = Value(self.data**n, (self,))

    def _backward():
        self.grad += exponent * self.data ** (exponent - 1) * out.grad

    out._backward = _backward
    return out


setattr(Value, "__pow__", __pow__)
