# what: base and exponent are handed to Value side by side
# loses: pow.*
# follows: training.*=2/3
# names: pow.too_many_arguments

# %% pow
def __pow__(self, exponent):
    out = Value(self.data**exponent, self, exponent)

    def _backward():
        self.grad += exponent * self.data ** (exponent - 1) * out.grad

    out._backward = _backward
    return out


setattr(Value, "__pow__", __pow__)
