# what: the child is handed over without brackets
# loses: pow.*
# follows: training.*=2/3
# names: pow.children_not_in_a_tuple

# %% pow
def __pow__(self, exponent):
    out = Value(self.data**exponent, self)

    def _backward():
        self.grad += exponent * self.data ** (exponent - 1) * out.grad

    out._backward = _backward
    return out


setattr(Value, "__pow__", __pow__)
