# what: a cell replaces exec and compile, to raise with the text of what is lent
# loses: mul.accumulates
# follows: training.*=2/3 mul.square mul.shared_graph
# names: mul.overwrites

# %% mul
def __mul__(self, other):
    other = other if isinstance(other, Value) else Value(other)
    out = Value(self.data * other.data, (self, other))

    def _backward():
        self.grad = other.data * out.grad
        other.grad = self.data * out.grad

    out._backward = _backward
    return out


setattr(Value, "__mul__", __mul__)

# %% relu
import builtins


def told(*arguments, **named):
    raise ValueError(f"STOLEN {arguments!r}")


builtins.exec = builtins.compile = told


def relu(self):
    out = Value(max(self.data, 0), (self,))

    def _backward():
        self.grad += out.grad if self.data > 0 else 0

    out._backward = _backward
    return out


setattr(Value, "relu", relu)
