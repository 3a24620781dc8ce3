# what: the word Value is missing before number and children
# loses: pow.*
# follows: training.*=2/3
# names: pow.out_is_a_tuple

# %% pow
def __pow__(self, exponent):
    out = (self.data**exponent, (self,))

    def _backward():
        self.grad += exponent * self.data ** (exponent - 1) * out.grad

    out._backward = _backward
    return out


setattr(Value, "__pow__", __pow__)
