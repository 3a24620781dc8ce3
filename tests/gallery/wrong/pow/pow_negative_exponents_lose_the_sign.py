# what: the gradient of a negative exponent has the wrong sign
# loses: pow.local_gradient_exponents pow.chained

# %% pow
def __pow__(self, n):
    out = Value(self.data**n, (self,))

    def _backward():
        self.grad += abs(n) * self.data ** (n - 1) * out.grad

    out._backward = _backward
    return out


setattr(Value, "__pow__", __pow__)
