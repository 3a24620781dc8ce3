# what: the product has another name and is attached nowhere: nobody can tell that it is meant
# loses: mul.* training.*

# %% mul
def product(self, other):
    other = other if isinstance(other, Value) else Value(other)
    out = Value(self.data * other.data, (self, other))

    def _backward():
        self.grad += other.data * out.grad
        other.grad += self.data * out.grad

    out._backward = _backward
    return out
