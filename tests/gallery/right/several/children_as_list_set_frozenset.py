# what: the children as a list, a set and a frozenset; `_prev` set afterwards
# loses: nothing

# %% mul
def __mul__(self, other):
    other = other if isinstance(other, Value) else Value(other)
    out = Value(self.data * other.data)
    out._prev = [self, other]

    def _backward():
        self.grad += other.data * out.grad
        other.grad += self.data * out.grad

    out._backward = _backward
    return out


setattr(Value, "__mul__", __mul__)

# %% pow
def __pow__(self, n):
    out = Value(self.data**n, frozenset([self]))

    def _backward():
        self.grad += n * self.data ** (n - 1) * out.grad

    out._backward = _backward
    return out


setattr(Value, "__pow__", __pow__)

# %% relu
def relu(self):
    out = Value(max(0, self.data))
    out._prev.add(self)

    def _backward():
        self.grad += (out.data > 0) * out.grad

    out._backward = _backward
    return out


setattr(Value, "relu", relu)
