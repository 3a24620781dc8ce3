# what: the local gradient is out.data / self.data, which fails at zero
# loses: mul.local_gradients_range mul.gradient_with_number
# follows: training.*=2/3
# names: mul.quotient

# %% mul
def __mul__(self, other):
    other = other if isinstance(other, Value) else Value(other)
    out = Value(self.data * other.data, (self, other))

    def _backward():
        self.grad += out.data / self.data * out.grad
        other.grad += out.data / other.data * out.grad

    out._backward = _backward
    return out


setattr(Value, "__mul__", __mul__)
