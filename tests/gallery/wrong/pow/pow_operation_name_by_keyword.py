# what: the operation's name of another tutorial is handed over as `_op`
# loses: pow.*
# follows: training.*=2/3
# names: pow.unknown_argument

# %% pow
def __pow__(self, exponent):
    out = Value(self.data**exponent, (self,), _op=f'**{exponent}')

    def _backward():
        self.grad += exponent * self.data ** (exponent - 1) * out.grad

    out._backward = _backward
    return out


setattr(Value, "__pow__", __pow__)
