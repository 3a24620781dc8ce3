# what: a mixin in each cell, and one class that inherits from all of them
# loses: nothing

# %% mul
class Product:
    def __mul__(self, other):
        other = other if isinstance(other, Value) else Value(other)
        out = Value(self.data * other.data, (self, other))

        def _backward():
            self.grad += other.data * out.grad
            other.grad += self.data * out.grad

        out._backward = _backward
        return out

# %% pow
class Power:
    def __pow__(self, exponent):
        out = Value(self.data**exponent, (self,))

        def _backward():
            self.grad += exponent * self.data ** (exponent - 1) * out.grad

        out._backward = _backward
        return out

# %% relu
class Rectifier:
    def relu(self):
        out = Value(max(0, self.data), (self,))

        def _backward():
            if self.data > 0:
                self.grad += out.grad

        out._backward = _backward
        return out


class Value(Product, Power, Rectifier, Value):
    """A number that remembers, with the three operators."""
