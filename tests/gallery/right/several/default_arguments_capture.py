# what: the inner functions take what they need as default arguments
# loses: nothing

# %% mul
def __mul__(self, other):
    other = other if isinstance(other, Value) else Value(other)
    out = Value(self.data * other.data, (self, other))

    def _backward(a=self, b=other, out=out):
        a.grad += b.data * out.grad
        b.grad += a.data * out.grad

    out._backward = _backward
    return out


setattr(Value, "__mul__", __mul__)

# %% pow
def __pow__(self, n):
    out = Value(self.data**n, (self,))

    def _backward(x=self, n=n, y=out):
        x.grad += n * x.data ** (n - 1) * y.grad

    out._backward = _backward
    return out


setattr(Value, "__pow__", __pow__)

# %% relu
def relu(self):
    out = Value(max(0, self.data), (self,))

    def _backward(passes=self.data > 0):
        self.grad += out.grad * passes

    out._backward = _backward
    return out


setattr(Value, "relu", relu)
