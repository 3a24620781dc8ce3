# what: the line that attaches the power was copied, and names the product
# loses: mul.*
# follows: training.*=2/3
# says: attaches __pow__ under the name __mul__

# %% pow
def __pow__(self, exponent):
    out = Value(self.data**exponent, (self,))

    def _backward():
        self.grad += exponent * self.data ** (exponent - 1) * out.grad

    out._backward = _backward
    return out


setattr(Value, "__mul__", __pow__)
