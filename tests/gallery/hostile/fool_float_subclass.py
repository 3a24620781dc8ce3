# what: a subclass of float whose comparisons, representation and conversion lie
# loses: mul.forward mul.forward_numbers mul.forward_range mul.shared_graph mul.independent_nodes pow.* relu.* training.*
# says: out.data is an object of type float

# %% mul
class Lying(float):
    def __eq__(self, other):
        return True

    __hash__ = float.__hash__
    __repr__ = __str__ = __format__ = lambda self, *spec: "-12.0"
    __float__ = __abs__ = __sub__ = __rsub__ = lambda self, *other: 0.0
    is_integer = as_integer_ratio = lambda self: (-12, 1)


Lying.__name__ = Lying.__qualname__ = "float"


def __mul__(self, other):
    other = other if isinstance(other, Value) else Value(other)
    out = Value(0, (self, other))
    out.data = Lying(1.25)

    def _backward():
        self.grad += other.data * out.grad
        other.grad += self.data * out.grad

    out._backward = _backward
    return out


setattr(Value, "__mul__", __mul__)

# %% pow
def __pow__(self, exponent): ...

# %% relu
def relu(self): ...
