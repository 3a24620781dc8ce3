# what: a frozen dataclass holds what `_backward` needs, with a bound method as the function
# loses: nothing

# %% mul
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True)
class Edge:
    source: Any
    target: Any
    slope: float

    def flow(self):
        self.target.grad += self.slope * self.source.grad


def __mul__(self, other):
    other = other if isinstance(other, Value) else Value(other)
    out = Value(self.data * other.data, (self, other))
    edges = [Edge(out, self, other.data), Edge(out, other, self.data)]
    out._backward = lambda: [edge.flow() for edge in edges]
    return out


setattr(Value, "__mul__", __mul__)

# %% pow
def __pow__(self, n):
    out = Value(self.data**n, (self,))
    out._backward = Edge(out, self, n * self.data ** (n - 1)).flow
    return out


setattr(Value, "__pow__", __pow__)

# %% relu
def relu(self):
    out = Value(max(0, self.data), (self,))
    out._backward = Edge(out, self, 1.0 if self.data > 0 else 0.0).flow
    return out


setattr(Value, "relu", relu)
