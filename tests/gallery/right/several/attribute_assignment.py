# what: attached by `Value.__mul__ = …` instead of setattr
# loses: nothing

# %% mul
def multiply(self, other):
    other = other if isinstance(other, Value) else Value(other)
    out = Value(self.data * other.data, (self, other))

    def _backward():
        self.grad = self.grad + other.data * out.grad
        other.grad = other.grad + self.data * out.grad

    out._backward = _backward
    return out


Value.__mul__ = multiply

# %% pow
def to_the_power_of(self, n):
    out = Value(self.data**n, (self,))

    def _backward():
        self.grad = self.grad + n * self.data ** (n - 1) * out.grad

    out._backward = _backward
    return out


Value.__pow__ = to_the_power_of

# %% relu
def rectify(self):
    out = Value(max(0, self.data), (self,))

    def _backward():
        if out.data > 0:
            self.grad = self.grad + out.grad

    out._backward = _backward
    return out


Value.relu = rectify
