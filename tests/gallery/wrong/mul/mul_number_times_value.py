# what: `.data` is forgotten on one side, so that the product calls itself
# loses: mul.*
# follows: training.*=2/3
# names: mul.calls_itself

# %% mul
def __mul__(self, other):
    other = other if isinstance(other, Value) else Value(other)
    out = Value(self.data * other, (self, other))

    def _backward():
        self.grad += other.data * out.grad
        other.grad += self.data * out.grad

    out._backward = _backward
    return out


setattr(Value, "__mul__", __mul__)
