# what: the exponent is kept in a global name, which the next power overwrites
# loses: pow.chained pow.independent_nodes

# %% pow
exponent = None


def __pow__(self, n):
    global exponent
    exponent = n
    out = Value(self.data**n, (self,))

    def _backward():
        self.grad += exponent * self.data ** (exponent - 1) * out.grad

    out._backward = _backward
    return out


setattr(Value, "__pow__", __pow__)
