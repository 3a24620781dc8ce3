# what: a plain number is not wrapped: its product has one child and one gradient
# loses: nothing

# %% mul
def __mul__(self, other):
    if not isinstance(other, Value):
        out = Value(self.data * other, (self,))

        def _backward():
            self.grad += other * out.grad

    else:
        out = Value(self.data * other.data, (self, other))

        def _backward():
            self.grad += other.data * out.grad
            other.grad += self.data * out.grad

    out._backward = _backward
    return out


setattr(Value, "__mul__", __mul__)
