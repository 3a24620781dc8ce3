# what: the stub was left, the definition stands under an `if` below
# loses: nothing

# %% pow
def __pow__(self, exponent):
    raise NotImplementedError("Question pow: __pow__ is still blank")


setattr(Value, "__pow__", __pow__)

if True:
    def __pow__(self, exponent):
        out = Value(self.data**exponent, (self,))

        def _backward():
            self.grad += exponent * self.data ** (exponent - 1) * out.grad

        out._backward = _backward
        return out

    setattr(Value, "__pow__", __pow__)
