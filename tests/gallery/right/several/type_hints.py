# what: everything annotated, with postponed evaluation of annotations
# loses: nothing

# %% -
from __future__ import annotations

from typing import Union

Number = Union[int, float]

# %% mul
def __mul__(self: Value, other: Value | Number) -> Value:
    """Return the product."""
    factor: Value = other if isinstance(other, Value) else Value(other)
    out: Value = Value(self.data * factor.data, (self, factor))

    def _backward() -> None:
        self.grad += factor.data * out.grad
        factor.grad += self.data * out.grad

    out._backward = _backward
    return out


setattr(Value, "__mul__", __mul__)

# %% pow
def __pow__(self: Value, exponent: Number) -> Value:
    """Return the power."""
    out: Value = Value(self.data**exponent, (self,))

    def _backward() -> None:
        slope: float = exponent * self.data ** (exponent - 1)
        self.grad += slope * out.grad

    out._backward = _backward
    return out


setattr(Value, "__pow__", __pow__)

# %% relu
def relu(self: Value) -> Value:
    """Return the positive part."""
    out: Value = Value(max(0.0, self.data), (self,))

    def _backward() -> None:
        self.grad += out.grad * (1.0 if self.data > 0.0 else 0.0)

    out._backward = _backward
    return out


setattr(Value, "relu", relu)
