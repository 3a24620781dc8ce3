# what: a plain number takes a path of its own, which gives no gradient
# loses: mul.gradient_with_number
# follows: training.*=2/3

# %% mul
def __mul__(self, other):
    if isinstance(other, (int, float)):
        return Value(self.data * other, (self,))
    out = Value(self.data * other.data, (self, other))

    def _backward():
        self.grad += other.data * out.grad
        other.grad += self.data * out.grad

    out._backward = _backward
    return out


setattr(Value, "__mul__", __mul__)
