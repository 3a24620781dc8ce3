# what: only the path of a plain number overwrites
# loses: mul.gradient_with_number

# %% mul
def __mul__(self, other):
    if not isinstance(other, Value):
        out = Value(self.data * other, (self,))

        def _backward():
            self.grad = other * out.grad

        out._backward = _backward
        return out
    out = Value(self.data * other.data, (self, other))

    def _backward():
        self.grad += other.data * out.grad
        other.grad += self.data * out.grad

    out._backward = _backward
    return out


setattr(Value, "__mul__", __mul__)
