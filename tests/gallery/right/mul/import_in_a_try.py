# what: numpy imported in a try, and used if it is there
# loses: nothing

# %% mul
try:
    import numpy as np
except ImportError:
    np = None


def __mul__(self, other):
    other = other if isinstance(other, Value) else Value(other)
    product = float(np.multiply(self.data, other.data)) if np is not None else self.data * other.data
    out = Value(product, (self, other))

    def _backward():
        self.grad += other.data * out.grad
        other.grad += self.data * out.grad

    out._backward = _backward
    return out


setattr(Value, "__mul__", __mul__)
