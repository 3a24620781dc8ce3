# what: brackets too many: number and children reach Value as one tuple
# loses: pow.*
# follows: training.*=2/3
# names: pow.tuple_as_data

# %% pow
def __pow__(self, exponent):
    out = Value((self.data**exponent, (self,)))

    def _backward():
        self.grad += exponent * self.data ** (exponent - 1) * out.grad

    out._backward = _backward
    return out


setattr(Value, "__pow__", __pow__)
