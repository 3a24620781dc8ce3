# what: a third argument for negative exponents only
# loses: pow.forward_exponents pow.local_gradient_exponents pow.chained

# %% pow
def __pow__(self, exponent):
    if exponent < 0:
        return Value(self.data**exponent, (self,), "/")
    out = Value(self.data**exponent, (self,))

    def _backward():
        self.grad += exponent * self.data ** (exponent - 1) * out.grad

    out._backward = _backward
    return out


setattr(Value, "__pow__", __pow__)
