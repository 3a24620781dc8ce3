# what: a class Value at the end for integers, with three operators that record no children
# loses: nothing

# %% +
class Value:
    """A number that remembers how it was made."""

    def __init__(self, data, _children=()):
        self.data = data
        self.grad = 0
        self._backward = lambda: None
        self._prev = set(_children)

    def __mul__(self, other):
        return Value(self.data * other.data)

    def __pow__(self, exponent):
        return Value(self.data**exponent)

    def relu(self):
        return Value(max(0, self.data))
