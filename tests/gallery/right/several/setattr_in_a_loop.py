# what: the three functions have names of their own and are attached in one for loop
# loses: nothing

# %% mul
def times(self, other):
    other = other if isinstance(other, Value) else Value(other)
    out = Value(self.data * other.data, (self, other))

    def _backward():
        self.grad += other.data * out.grad
        other.grad += self.data * out.grad

    out._backward = _backward
    return out

# %% pow
def power(self, n):
    out = Value(self.data**n, (self,))

    def _backward():
        self.grad += n * self.data ** (n - 1) * out.grad

    out._backward = _backward
    return out

# %% relu
def rectifier(self):
    out = Value(max(0, self.data), (self,))

    def _backward():
        self.grad += (out.data > 0) * out.grad

    out._backward = _backward
    return out


for name, function in {"__mul__": times, "__pow__": power, "relu": rectifier}.items():
    setattr(Value, name, function)
