# what: `data` is misspelt on the way forward
# loses: pow.*
# follows: training.*=2/3
# names: pow.no_such_attribute

# %% pow
def __pow__(self, exponent):
    out = Value(self.val**exponent, (self,))

    def _backward():
        self.grad += exponent * self.data ** (exponent - 1) * out.grad

    out._backward = _backward
    return out


setattr(Value, "__pow__", __pow__)
