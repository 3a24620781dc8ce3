# what: below the right power, in the same cell, a line of another language
# loses: nothing

# %% pow
def __pow__(self, exponent):
    out = Value(self.data**exponent, (self,))

    def _backward():
        self.grad += exponent * self.data ** (exponent - 1) * out.grad

    out._backward = _backward
    return out


setattr(Value, "__pow__", __pow__)

it works for 2 and 3, not yet for 0.5?
