# what: a registry that is filled by decorators, and attached by one call below
# loses: nothing

# %% -
METHODS = {}


def operator(name):
    def remember(f):
        METHODS[name] = f
        return f

    return remember


def attach_all(methods):
    for name, f in methods.items():
        setattr(Value, name, f)

# %% mul
@operator("__mul__")
def times(self, other):
    other = other if isinstance(other, Value) else Value(other)
    out = Value(self.data * other.data, (self, other))

    def _backward():
        self.grad += other.data * out.grad
        other.grad += self.data * out.grad

    out._backward = _backward
    return out

# %% pow
@operator("__pow__")
def power(self, exponent):
    out = Value(self.data**exponent, (self,))

    def _backward():
        self.grad += exponent * self.data ** (exponent - 1) * out.grad

    out._backward = _backward
    return out

# %% relu
@operator("relu")
def rectify(self):
    out = Value(max(0, self.data), (self,))

    def _backward():
        if self.data > 0:
            self.grad += out.grad

    out._backward = _backward
    return out


attach_all(METHODS)
