# what: exceptions without brackets, of Python 3.14, in the cell of the power
# loses: pow.* training.*
# says: cannot be read

# %% pow
def __pow__(self, exponent):
    out = Value(self.data**exponent, (self,))

    def _backward():
        try:
            self.grad += exponent * self.data ** (exponent - 1) * out.grad
        except ZeroDivisionError, OverflowError:
            self.grad += 0.0

    out._backward = _backward
    return out


setattr(Value, "__pow__", __pow__)
