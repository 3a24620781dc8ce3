# what: the product has no parameter for the other operand
# loses: mul.*
# follows: training.*=2/3
# names: mul.wrong_parameters

# %% mul
def __mul__(self):
    out = Value(self.data * self.data, (self,))

    def _backward():
        self.grad += self.data * out.grad

    out._backward = _backward
    return out


setattr(Value, "__mul__", __mul__)
