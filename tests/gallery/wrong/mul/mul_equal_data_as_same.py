# what: operands of equal data are taken for the same operand
# loses: mul.local_gradients_range

# %% mul
def __mul__(self, other):
    other = other if isinstance(other, Value) else Value(other)
    out = Value(self.data * other.data, (self, other))

    def _backward():
        if self.data == other.data:
            self.grad += 2 * self.data * out.grad
        else:
            self.grad += other.data * out.grad
            other.grad += self.data * out.grad

    out._backward = _backward
    return out


setattr(Value, "__mul__", __mul__)
