# what: Value is called without its number, which is stored afterwards
# loses: pow.*
# follows: training.*=2/3
# names: pow.missing_argument

# %% pow
def __pow__(self, exponent):
    out = Value()
    out.data = self.data**exponent
    out._prev = {self}

    def _backward():
        self.grad += exponent * self.data ** (exponent - 1) * out.grad

    out._backward = _backward
    return out


setattr(Value, "__pow__", __pow__)
