"""The mutants that compute what the solution computes, by the reason why no test can tell them from it."""

from __future__ import annotations

EQUIVALENT: dict[str, tuple[str, ...]] = {
    "the statement stands twice, and the second time changes nothing": (
        "mul 2: → other = other if isinstance(other, Value) else Value(other)",
        "mul 3: → out = Value(self.data * other.data, (self, other))",
        "mul 8: → def _backward(): self.grad += other.data * out.grad other.grad += self.data * out.grad",
        "mul 9: → out._backward = _backward",
        "mul 10: → return out",
        "pow 2: → out = Value(self.data ** exponent, (self,))",
        "pow 6: → def _backward(): self.grad += exponent * self.data ** (exponent - 1) * out.grad",
        "pow 7: → out._backward = _backward",
        "pow 8: → return out",
        "relu 2: → out = Value(max(0, self.data), (self,))",
        "relu 7: → def _backward(): if self.data > 0: self.grad += out.grad",
        "relu 8: → out._backward = _backward",
        "relu 9: → return out",
    ),
    "_backward looks up out when it runs, not when it is defined": (
        "mul 3: out = Value(self.data * other.data, (self, other)) →; "
        "8: → out = Value(self.data * other.data, (self, other))",
        "pow 2: out = Value(self.data ** exponent, (self,)) →; 6: → out = Value(self.data ** exponent, (self,))",
        "relu 2: out = Value(max(0, self.data), (self,)) →; 7: → out = Value(max(0, self.data), (self,))",
    ),
    "a function that calls _backward does what _backward does": (
        "mul 8: out._backward = _backward → out._backward = lambda: _backward()",
        "pow 6: out._backward = _backward → out._backward = lambda: _backward()",
        "relu 7: out._backward = _backward → out._backward = lambda: _backward()",
    ),
    "a sum or a product does not depend on the order of its parts": (
        "mul 6: → other.grad += self.data * out.grad; 7: other.grad += self.data * out.grad →",
        "mul 3: out = Value(self.data * other.data, (self, other)) → "
        "out = Value(other.data * self.data, (self, other))",
        "mul 6: self.grad += other.data * out.grad → self.grad += out.grad * other.data",
        "mul 7: other.grad += self.data * out.grad → other.grad += out.grad * self.data",
        "pow 5: self.grad += exponent * self.data ** (exponent - 1) * out.grad → "
        "self.grad += out.grad * (exponent * self.data ** (exponent - 1))",
        "pow 5: self.grad += exponent * self.data ** (exponent - 1) * out.grad → "
        "self.grad += self.data ** (exponent - 1) * exponent * out.grad",
    ),
    "Value keeps its children as a set, without order or repetition": (
        "mul 3: out = Value(self.data * other.data, (self, other)) → "
        "out = Value(self.data * other.data, (self, self, other))",
        "mul 3: out = Value(self.data * other.data, (self, other)) → "
        "out = Value(self.data * other.data, (self, other, other))",
        "mul 3: out = Value(self.data * other.data, (self, other)) → "
        "out = Value(self.data * other.data, (other, self))",
        "pow 2: out = Value(self.data ** exponent, (self,)) → out = Value(self.data ** exponent, (self, self))",
        "relu 2: out = Value(max(0, self.data), (self,)) → out = Value(max(0, self.data), (self, self))",
    ),
    "the largest of some numbers does not depend on their order or repetition, and with 0 among them has no sign": (
        "relu 2: out = Value(max(0, self.data), (self,)) → out = Value(max(0, 0, self.data), (self,))",
        "relu 2: out = Value(max(0, self.data), (self,)) → out = Value(max(0, self.data, self.data), (self,))",
        "relu 2: out = Value(max(0, self.data), (self,)) → out = Value(max(self.data, 0), (self,))",
        "relu 2: out = Value(max(0, self.data), (self,)) → out = Value(abs(max(0, self.data)), (self,))",
    ),
    "a whole number and the float of the same size are the same in float arithmetic": (
        "pow 5: self.grad += exponent * self.data ** (exponent - 1) * out.grad → "
        "self.grad += exponent * self.data ** (exponent - 1.0) * out.grad",
        "relu 2: out = Value(max(0, self.data), (self,)) → out = Value(max(0.0, self.data), (self,))",
        "relu 5: if self.data > 0: → if self.data > 0.0:",
    ),
    "at exactly 0 every subgradient from 0 to 1 is right": ("relu 5: if self.data > 0: → if self.data >= 0:",),
    "out.data is positive exactly where self.data is": ("relu 5: if self.data > 0: → if out.data > 0:",),
}

NAMES = frozenset(name for names in EQUIVALENT.values() for name in names)
