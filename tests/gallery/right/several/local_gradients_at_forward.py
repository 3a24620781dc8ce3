# what: the local gradients (not the upstream one) are computed on the way forward
# loses: nothing

# %% mul
def __mul__(self, other):
    other = other if isinstance(other, Value) else Value(other)
    slope_of_self, slope_of_other = other.data, self.data
    out = Value(self.data * other.data, (self, other))

    def _backward():
        self.grad += slope_of_self * out.grad
        other.grad += slope_of_other * out.grad

    out._backward = _backward
    return out


setattr(Value, "__mul__", __mul__)

# %% pow
def __pow__(self, n):
    slope = n * self.data ** (n - 1) if n else 0
    out = Value(self.data**n, (self,))

    def _backward():
        self.grad += slope * out.grad

    out._backward = _backward
    return out


setattr(Value, "__pow__", __pow__)

# %% relu
def relu(self):
    is_active = self.data > 0
    out = Value(self.data if is_active else 0.0, (self,))

    def _backward():
        self.grad += is_active * out.grad

    out._backward = _backward
    return out


setattr(Value, "relu", relu)
