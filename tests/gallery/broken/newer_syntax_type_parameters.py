# what: the parameters of types of Python 3.12 in the cell of the product: an older Python cannot read it
# loses: mul.* training.*
# says: cannot be read

# %% mul
type Number = int | float


def __mul__[T: Value](self: T, other: T | Number) -> T:
    other = other if isinstance(other, Value) else Value(other)
    out = Value(self.data * other.data, (self, other))

    def _backward():
        self.grad += other.data * out.grad
        other.grad += self.data * out.grad

    out._backward = _backward
    return out


setattr(Value, "__mul__", __mul__)
