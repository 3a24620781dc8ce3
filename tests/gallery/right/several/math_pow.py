# what: math.pow, math.fsum and math.prod
# loses: nothing

# %% mul
import math


def __mul__(self, other):
    other = other if isinstance(other, Value) else Value(other)
    out = Value(math.prod([self.data, other.data]), (self, other))

    def _backward():
        self.grad = math.fsum([self.grad, other.data * out.grad])
        other.grad = math.fsum([other.grad, self.data * out.grad])

    out._backward = _backward
    return out


setattr(Value, "__mul__", __mul__)

# %% pow
def __pow__(self, n):
    out = Value(math.pow(self.data, n), (self,))

    def _backward():
        self.grad += n * math.pow(self.data, n - 1) * out.grad

    out._backward = _backward
    return out


setattr(Value, "__pow__", __pow__)

# %% relu
def relu(self):
    out = Value(math.fmod(self.data, math.inf) if self.data > 0 else 0.0, (self,))

    def _backward():
        self.grad += 0.0 if self.data <= 0 else out.grad

    out._backward = _backward
    return out


setattr(Value, "relu", relu)
