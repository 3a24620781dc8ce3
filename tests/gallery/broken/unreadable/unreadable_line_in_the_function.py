# what: a misspelt `return` in the middle of the power: nothing of the function counts, and the line is named
# loses: pow.* training.*
# says: `retrun out` in line 8 cannot be read: invalid syntax; lines 1 to 9 were left out

# %% pow
def __pow__(self, exponent):
    out = Value(self.data**exponent, (self,))

    def _backward():
        self.grad += exponent * self.data ** (exponent - 1) * out.grad

    out._backward = _backward
    retrun out
    return out


setattr(Value, "__pow__", __pow__)
