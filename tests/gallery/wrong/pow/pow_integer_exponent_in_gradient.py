# what: the exponent is cut off to a whole number in the gradient only
# loses: pow.local_gradient_exponents pow.chained
# names: pow.integer_exponent_in_gradient

# %% pow
def __pow__(self, n):
    out = Value(self.data**n, (self,))

    def _backward():
        self.grad += int(n) * self.data ** int(n - 1) * out.grad

    out._backward = _backward
    return out


setattr(Value, "__pow__", __pow__)
