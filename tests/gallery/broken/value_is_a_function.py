# what: Value is rebound to a function that makes instances; the class has another name
# loses: relu.* training.*

# %% relu
def relu(self): ...

# %% -
_Value = Value


def Value(data, _children=()):
    return _Value(data, _children)

# %% mul
def __mul__(self, other):
    other = other if isinstance(other, _Value) else Value(other)
    out = Value(self.data * other.data, (self, other))

    def _backward():
        self.grad += other.data * out.grad
        other.grad += self.data * out.grad

    out._backward = _backward
    return out


_Value.__mul__ = __mul__

# %% pow
def __pow__(self, exponent):
    out = Value(self.data**exponent, (self,))

    def _backward():
        self.grad += exponent * self.data ** (exponent - 1) * out.grad

    out._backward = _backward
    return out


_Value.__pow__ = __pow__
