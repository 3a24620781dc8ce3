# what: `class Value(Value)` twice, the first with an `__init__` of its own and a count that the second uses
# loses: nothing

# %% mul
class Value(Value):
    def __init__(self, data, _children=()):
        super().__init__(data, _children)
        self.depth = 1 + max((child.depth for child in _children), default=0)

    def __mul__(self, other):
        other = other if isinstance(other, Value) else Value(other)
        out = Value(self.data * other.data, (self, other))

        def _backward():
            self.grad += other.data * out.grad
            other.grad += self.data * out.grad

        out._backward = _backward
        return out

# %% pow
class Value(Value):
    def __pow__(self, exponent):
        out = Value(self.data**exponent, (self,))

        def _backward():
            self.grad += exponent * self.data ** (exponent - 1) * out.grad

        out._backward = _backward
        return out

    def __repr__(self):
        return f"{super().__repr__()} at depth {self.depth}"

# %% relu
class Value(Value):
    def relu(self):
        out = Value(max(0, self.data), (self,))

        def _backward():
            if self.data > 0:
                self.grad += out.grad

        out._backward = _backward
        return out
