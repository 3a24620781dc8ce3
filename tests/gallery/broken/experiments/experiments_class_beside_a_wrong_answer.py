# what: the product is wrong, and so is the one of an experiment at the end: the first is named
# loses: mul.forward mul.forward_numbers
# follows: training.*=2/3 mul.forward_range mul.shared_graph mul.independent_nodes
# names: mul.adds

# %% mul
def __mul__(self, other):
    other = other if isinstance(other, Value) else Value(other)
    out = Value(self.data + other.data, (self, other))

    def _backward():
        self.grad += other.data * out.grad
        other.grad += self.data * out.grad

    out._backward = _backward
    return out


setattr(Value, "__mul__", __mul__)

# %% +
class Value:
    """A number that remembers how it was made."""

    def __init__(self, data, _children=()):
        self.data = data
        self.grad = 0
        self._backward = lambda: None
        self._prev = set(_children)

    def __mul__(self, other):
        return Value(self.data - other.data)
