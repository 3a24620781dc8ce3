# what: the function of the product and the name that it is attached under are misspelt alike
# loses: mul.* training.*

# %% mul
def __mult__(self, other):
    other = other if isinstance(other, Value) else Value(other)
    out = Value(self.data * other.data, (self, other))

    def _backward():
        self.grad += other.data * out.grad
        other.grad += self.data * out.grad

    out._backward = _backward
    return out


setattr(Value, "__mult__", __mult__)
