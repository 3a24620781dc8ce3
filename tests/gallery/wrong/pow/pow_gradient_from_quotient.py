# what: the local gradient is n * out / x, which fails at zero
# loses: pow.local_gradient_exponents
# names: pow.quotient

# %% pow
def __pow__(self, n):
    out = Value(self.data**n, (self,))

    def _backward():
        self.grad += n * out.data / self.data * out.grad

    out._backward = _backward
    return out


setattr(Value, "__pow__", __pow__)
