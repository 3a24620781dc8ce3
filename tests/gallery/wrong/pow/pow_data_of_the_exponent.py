# what: `.data` is asked of the exponent
# loses: pow.*
# follows: training.*=2/3
# names: pow.data_of_a_number

# %% pow
def __pow__(self, exponent):
    out = Value(self.data**exponent.data, (self,))

    def _backward():
        self.grad += exponent * self.data ** (exponent - 1) * out.grad

    out._backward = _backward
    return out


setattr(Value, "__pow__", __pow__)
