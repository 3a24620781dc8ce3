# what: mul without its underscores, attached under that name
# loses: mul.* training.*
# says: A function mul was found; the question asks for __mul__.

# %% mul
def mul(self, other):
    other = other if isinstance(other, Value) else Value(other)
    out = Value(self.data * other.data, (self, other))

    def _backward():
        self.grad += other.data * out.grad
        other.grad += self.data * out.grad

    out._backward = _backward
    return out


setattr(Value, "mul", mul)
