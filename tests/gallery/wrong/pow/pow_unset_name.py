# what: a name is read before it is set
# loses: pow.*
# follows: training.*=2/3
# names: pow.unset_name

# %% pow
def __pow__(self, exponent):
    power *= self.data
    out = Value(power, (self,))

    def _backward():
        self.grad += exponent * self.data ** (exponent - 1) * out.grad

    out._backward = _backward
    return out


setattr(Value, "__pow__", __pow__)
