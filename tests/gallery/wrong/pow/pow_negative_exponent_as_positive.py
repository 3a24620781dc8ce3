# what: the sign of the exponent is dropped
# loses: pow.forward_exponents pow.chained
# names: pow.positive_exponent

# %% pow
def __pow__(self, n):
    out = Value(self.data ** abs(n), (self,))

    def _backward():
        self.grad += n * self.data ** (n - 1) * out.grad

    out._backward = _backward
    return out


setattr(Value, "__pow__", __pow__)
