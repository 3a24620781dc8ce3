# what: the gradient of an even negative exponent of a negative base lost its sign
# loses: pow.local_gradient_exponents

# %% pow
def __pow__(self, n):
    out = Value(self.data**n, (self,))

    def _backward():
        g = n * self.data ** (n - 1)
        if n < 0 and n % 2 == 0:
            g = -abs(g)
        self.grad += g * out.grad

    out._backward = _backward
    return out


setattr(Value, "__pow__", __pow__)
