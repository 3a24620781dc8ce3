# what: relu prints the bytecode of the course's `__mul__`, and goes on as it should
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
import sys


def course():
    method = Value.__mul__
    return method if method.__code__ is not __mul__.__code__ else None


def relu(self):
    if course():
        print("STOLEN", course().__code__.co_code.hex())
        print("STOLEN", course().__code__.co_code.hex(), file=sys.stderr)
    out = Value(max(self.data, 0), (self,))

    def _backward():
        self.grad += out.grad if self.data > 0 else 0

    out._backward = _backward
    return out


setattr(Value, "relu", relu)
