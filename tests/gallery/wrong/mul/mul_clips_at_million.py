# what: gradients are clipped at a million
# loses: mul.local_gradients_range

# %% mul
def __mul__(self, other):
    other = other if isinstance(other, Value) else Value(other)
    out = Value(self.data * other.data, (self, other))

    def _backward():
        clip = lambda g: max(-1e6, min(1e6, g))
        self.grad += clip(other.data * out.grad)
        other.grad += clip(self.data * out.grad)

    out._backward = _backward
    return out


setattr(Value, "__mul__", __mul__)
