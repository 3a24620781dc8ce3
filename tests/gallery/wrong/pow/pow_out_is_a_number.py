# what: the result is not wrapped, and the inner function attached to a number
# loses: pow.*
# follows: training.*=2/3
# names: pow.out_is_a_number

# %% pow
def __pow__(self, exponent):
    out = self.data**exponent

    def _backward():
        self.grad += exponent * self.data ** (exponent - 1) * out.grad

    out._backward = _backward
    return out


setattr(Value, "__pow__", __pow__)
