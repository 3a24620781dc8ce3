# what: the product by `setattr`, then `class Value(Value)` with the power, then relu by `setattr`
# loses: nothing

# %% pow
class Value(Value):
    def __pow__(self, exponent):
        out = Value(self.data**exponent, (self,))

        def _backward():
            self.grad += exponent * self.data ** (exponent - 1) * out.grad

        out._backward = _backward
        return out
