# what: a Value class of the student's own with helper methods, a static method and the other operators
# loses: nothing

# %% mul
class Value:
    __array_ufunc__ = None

    def __init__(self, data, _children=()):
        self.data = data
        self.grad = 0.0
        self._prev = set(_children)
        self._backward = self._nothing

    @staticmethod
    def _nothing():
        return None

    @staticmethod
    def _lift(x):
        return x if isinstance(x, Value) else Value(x)

    def _receive(self, amount):
        self.grad += amount

    def __add__(self, other):
        other = self._lift(other)
        out = Value(self.data + other.data, (self, other))

        def _backward():
            self._receive(out.grad)
            other._receive(out.grad)

        out._backward = _backward
        return out

    def __mul__(self, other):
        other = self._lift(other)
        out = Value(self.data * other.data, (self, other))

        def _backward():
            self._receive(other.data * out.grad)
            other._receive(self.data * out.grad)

        out._backward = _backward
        return out

    __radd__ = __add__
    __rmul__ = __mul__

    def __neg__(self):
        return self * -1

    def __sub__(self, other):
        return self + (-other)

    def __rsub__(self, other):
        return (-self) + other

    def __pow__(self, n):
        out = Value(self.data**n, (self,))

        def _backward():
            self._receive(n * self.data ** (n - 1) * out.grad)

        out._backward = _backward
        return out

    def relu(self):
        out = Value(self.data if self.data > 0 else 0.0, (self,))

        def _backward():
            self._receive(out.grad if self.data > 0 else 0.0)

        out._backward = _backward
        return out

    def __repr__(self):
        return f"Value({self.data})"

# %% pow

# %% relu
