# what: a decorator of the student's attaches the inner function and wraps plain numbers
# loses: nothing

# %% mul
import functools


def operator(rule):
    @functools.wraps(rule)
    def method(self, *others):
        return rule(self, *others)

    return method


def with_values(rule):
    @functools.wraps(rule)
    def method(self, other):
        return rule(self, other if isinstance(other, Value) else Value(other))

    return method


@with_values
def __mul__(self, other):
    out = Value(self.data * other.data, (self, other))

    def _backward():
        self.grad += other.data * out.grad
        other.grad += self.data * out.grad

    out._backward = _backward
    return out


setattr(Value, "__mul__", __mul__)

# %% pow
@operator
def __pow__(self, n):
    out = Value(self.data**n, (self,))

    def _backward():
        self.grad += n * self.data ** (n - 1) * out.grad

    out._backward = _backward
    return out


setattr(Value, "__pow__", __pow__)

# %% relu
@operator
def relu(self):
    out = Value(max(0, self.data), (self,))

    def _backward():
        self.grad += (out.data > 0) * out.grad

    out._backward = _backward
    return out


setattr(Value, "relu", relu)
