# what: products are cached by their operands, whose data changes later
# loses: mul.independent_nodes
# follows: training.*=2/3

# %% mul
cache = {}


def __mul__(self, other):
    other = other if isinstance(other, Value) else Value(other)
    key = (id(self), id(other))
    if key in cache:
        return cache[key]
    out = Value(self.data * other.data, (self, other))

    def _backward():
        self.grad += other.data * out.grad
        other.grad += self.data * out.grad

    out._backward = _backward
    cache[key] = out
    return out


setattr(Value, "__mul__", __mul__)
