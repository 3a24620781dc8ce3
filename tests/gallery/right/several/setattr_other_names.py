# what: functions with other names, handed to setattr under the right ones; Value's __rmul__ as well
# loses: nothing

# %% mul
def my_mul(self, other):
    other = other if isinstance(other, Value) else Value(other)
    out = Value(self.data * other.data, (self, other))

    def _backward():
        self.grad += other.data * out.grad
        other.grad += self.data * out.grad

    out._backward = _backward
    return out


setattr(Value, "__mul__", my_mul)
setattr(Value, "__rmul__", my_mul)

# %% pow
def my_pow(self, n):
    out = Value(self.data**n, (self,))

    def _backward():
        self.grad += n * self.data ** (n - 1) * out.grad

    out._backward = _backward
    return out


setattr(Value, "__pow__", my_pow)

# %% relu
def my_relu(self):
    out = Value(max(0, self.data), (self,))

    def _backward():
        self.grad += (out.data > 0) * out.grad

    out._backward = _backward
    return out


setattr(Value, "relu", my_relu)
