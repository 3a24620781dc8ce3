# what: the exponent is wrapped, and used without `.data`
# loses: pow.*
# follows: training.*=2/3
# names: pow.value_as_exponent

# %% pow
def __pow__(self, other):
    other = other if isinstance(other, Value) else Value(other)
    out = Value(self.data**other, (self,))

    def _backward():
        self.grad += other * self.data ** (other - 1) * out.grad

    out._backward = _backward
    return out


setattr(Value, "__pow__", __pow__)
