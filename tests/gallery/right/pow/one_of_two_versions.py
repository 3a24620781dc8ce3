# what: a switch between two versions
# loses: nothing

# %% pow
VERSION = 2

if VERSION == 1:
    def __pow__(self, exponent):
        return Value(self.data * exponent)
else:
    def __pow__(self, exponent):
        out = Value(self.data**exponent, (self,))

        def _backward():
            self.grad += exponent * self.data ** (exponent - 1) * out.grad

        out._backward = _backward
        return out

setattr(Value, "__pow__", __pow__)
