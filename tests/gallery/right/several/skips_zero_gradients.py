# what: nothing is done where the upstream gradient is 0, which is harmless
# loses: nothing

# %% mul
def __mul__(self, other):
    other = other if isinstance(other, Value) else Value(other)
    out = Value(self.data * other.data, (self, other))

    def _backward():
        if out.grad == 0:
            return
        self.grad += other.data * out.grad
        other.grad += self.data * out.grad

    out._backward = _backward
    return out


setattr(Value, "__mul__", __mul__)

# %% relu
def relu(self):
    if self.data <= 0:
        return Value(0.0, (self,))
    out = Value(self.data, (self,))

    def _backward():
        self.grad += out.grad

    out._backward = _backward
    return out


setattr(Value, "relu", relu)
