# what: a function that attaches, called three times
# loses: nothing

# %% -
def attach(name, f):
    setattr(Value, name, f)

# %% mul
def times(self, other):
    other = other if isinstance(other, Value) else Value(other)
    out = Value(self.data * other.data, (self, other))

    def _backward():
        self.grad += other.data * out.grad
        other.grad += self.data * out.grad

    out._backward = _backward
    return out


attach("__mul__", times)

# %% pow
def power(self, exponent):
    out = Value(self.data**exponent, (self,))

    def _backward():
        self.grad += exponent * self.data ** (exponent - 1) * out.grad

    out._backward = _backward
    return out


attach("__pow__", power)

# %% relu
def rectify(self):
    out = Value(max(0, self.data), (self,))

    def _backward():
        if self.data > 0:
            self.grad += out.grad

    out._backward = _backward
    return out


attach("relu", rectify)
