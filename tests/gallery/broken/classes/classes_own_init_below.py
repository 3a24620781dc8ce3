# what: `class Value(Value)` with an `__init__` of its own that counts, and another one below it
# loses: nothing

# %% mul
class Value(Value):
    count = 0

    def __init__(self, *rest):
        super().__init__(*rest)
        Value.count += 1

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
