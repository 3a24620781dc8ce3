# what: a table of derivatives is filled in a loop
# loses: nothing

# %% pow
SLOPE = {}
for k in range(-5, 20):
    SLOPE[k] = lambda x, k=k: k * x ** (k - 1)


def __pow__(self, exponent):
    out = Value(self.data**exponent, (self,))

    def _backward():
        if exponent in SLOPE:
            self.grad += SLOPE[exponent](self.data) * out.grad
        else:
            self.grad += exponent * self.data ** (exponent - 1) * out.grad

    out._backward = _backward
    return out


setattr(Value, "__pow__", __pow__)
