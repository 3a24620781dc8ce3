# what: the product of a mixin calls a helper of it, which `Value` inherits
# loses: nothing

# %% mul
class Graph:
    def wrapped(self, other):
        return other if isinstance(other, Value) else Value(other)


class Operators(Graph):
    def __mul__(self, other):
        other = self.wrapped(other)
        out = Value(self.data * other.data, (self, other))

        def _backward():
            self.grad += other.data * out.grad
            other.grad += self.data * out.grad

        out._backward = _backward
        return out


class Value(Operators, Value):
    pass
