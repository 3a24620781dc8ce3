# what: a plain number's data is looked after, but the number itself becomes a child
# loses: mul.gradient_with_number
# follows: training.*=2/3

# %% mul
def __mul__(self, other):
    factor = other.data if isinstance(other, Value) else other
    out = Value(self.data * factor, (self, other))

    def _backward():
        self.grad += factor * out.grad
        if isinstance(other, Value):
            other.grad += self.data * out.grad

    out._backward = _backward
    return out


setattr(Value, "__mul__", __mul__)
