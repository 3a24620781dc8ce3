# what: a zero exponent sets the base's gradient to 0
# loses: pow.chained

# %% pow
def __pow__(self, n):
    out = Value(self.data**n, (self,))

    def _backward():
        if n == 0:
            self.grad = 0
        else:
            self.grad += n * self.data ** (n - 1) * out.grad

    out._backward = _backward
    return out


setattr(Value, "__pow__", __pow__)
