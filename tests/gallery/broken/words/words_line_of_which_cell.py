# what: a name that does not exist, in the power: the message says in which cell
# loses: pow.*
# follows: training.*=2/3
# names: pow.unknown_name
# says: NameError: name 'expnent' is not defined (line 2 of the cell that begins `def __pow__(self, exponent):`)

# %% pow
def __pow__(self, exponent):
    out = Value(self.data**expnent, (self,))

    def _backward():
        self.grad += exponent * self.data ** (exponent - 1) * out.grad

    out._backward = _backward
    return out


setattr(Value, "__pow__", __pow__)
