# what: the power is attached under a misspelt name: the function is found by its own
# loses: nothing

# %% pow
def __pow__(self, n):
    out = Value(self.data**n, (self,))

    def _backward():
        self.grad += n * self.data ** (n - 1) * out.grad

    out._backward = _backward
    return out


setattr(Value, "__power__", __pow__)
