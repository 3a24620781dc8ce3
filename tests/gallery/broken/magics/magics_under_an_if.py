# what: a magic that attaches inside an `if`
# loses: nothing

# %% mul
def product(self, other):
    other = other if isinstance(other, Value) else Value(other)
    out = Value(self.data * other.data, (self, other))

    def _backward():
        self.grad += other.data * out.grad
        other.grad += self.data * out.grad

    out._backward = _backward
    return out


if True:
    %time Value.__mul__ = product
