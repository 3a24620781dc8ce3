# what: the exponent is wrapped in any case, and used without `.data`
# loses: pow.*
# follows: training.*=2/3
# names: pow.value_as_exponent

# %% pow
def __pow__(self, exponent):
    exponent = Value(exponent)
    out = Value(self.data**exponent, (self,))

    def _backward():
        self.grad += exponent * self.data ** (exponent - 1) * out.grad

    out._backward = _backward
    return out


setattr(Value, "__pow__", __pow__)
