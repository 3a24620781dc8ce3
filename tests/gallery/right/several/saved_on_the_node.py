# what: what `_backward` needs is stored on out, as a bigger library would do
# loses: nothing

# %% mul
def backward_mul(out):
    for node, local in out.saved:
        node.grad += local * out.grad


def __mul__(self, other):
    other = other if isinstance(other, Value) else Value(other)
    out = Value(self.data * other.data, (self, other))
    out.saved = ((self, other.data), (other, self.data))
    out._backward = lambda: backward_mul(out)
    return out


setattr(Value, "__mul__", __mul__)

# %% pow
def __pow__(self, n):
    out = Value(self.data**n, (self,))
    out.exponent = n
    out._backward = lambda: backward_pow(self, out)
    return out


def backward_pow(base, out):
    base.grad += out.exponent * base.data ** (out.exponent - 1) * out.grad


setattr(Value, "__pow__", __pow__)

# %% relu
def relu(self):
    out = Value(max(0, self.data), (self,))
    out.mask = 1.0 if self.data > 0 else 0.0

    def _backward():
        self.grad += out.mask * out.grad

    out._backward = _backward
    return out


setattr(Value, "relu", relu)
