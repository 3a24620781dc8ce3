# what: the product is attached to a class whose name is misspelt, which raises
# loses: nothing

# %% mul
def __mul__(self, other):
    other = other if isinstance(other, Value) else Value(other)
    out = Value(self.data * other.data, (self, other))

    def _backward():
        self.grad += other.data * out.grad
        other.grad += self.data * out.grad

    out._backward = _backward
    return out


setattr(Valeu, "__mul__", __mul__)
