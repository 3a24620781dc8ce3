# what: the exponent is handed over as the children
# loses: pow.*
# follows: training.*=2/3
# names: pow.number_not_iterable

# %% pow
def __pow__(self, exponent):
    out = Value(self.data**exponent, exponent)

    def _backward():
        self.grad += exponent * self.data ** (exponent - 1) * out.grad

    out._backward = _backward
    return out


setattr(Value, "__pow__", __pow__)
