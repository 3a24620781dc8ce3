# what: attached by assignment, under another name, and by a loop that grading does not run
# loses: relu.* training.*

# %% relu
def relu(self): ...

# %% mul
def product(self, other):
    other = other if isinstance(other, Value) else Value(other)
    out = Value(self.data * other.data, (self, other))

    def _backward():
        self.grad += other.data * out.grad
        other.grad += self.data * out.grad

    out._backward = _backward
    return out


Value.__mul__ = Value.__rmul__ = product

# %% pow
def __pow__(self, exponent):
    out = Value(self.data**exponent, (self,))

    def _backward():
        self.grad += exponent * self.data ** (exponent - 1) * out.grad

    out._backward = _backward
    return out


for name, method in [("__pow__", __pow__)]:
    setattr(Value, name, method)
