# what: `_backward` is a functools.partial of a top-level function
# loses: nothing

# %% mul
from functools import partial


def push(out, pairs):
    for node, local in pairs:
        node.grad += local * out.grad


def __mul__(self, other):
    other = other if isinstance(other, Value) else Value(other)
    out = Value(self.data * other.data, {self, other})
    out._backward = partial(push, out, [(self, other.data), (other, self.data)])
    return out


setattr(Value, "__mul__", __mul__)

# %% pow
def __pow__(self, n):
    out = Value(self.data**n, {self})
    if n == 0:
        return out
    out._backward = partial(push, out, [(self, n * self.data ** (n - 1))])
    return out


setattr(Value, "__pow__", __pow__)

# %% relu
def relu(self):
    out = Value(max(0, self.data), {self})
    out._backward = partial(push, out, [(self, int(self.data > 0))])
    return out


setattr(Value, "relu", relu)
