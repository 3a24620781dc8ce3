"""The reference engine: scalar reverse mode on a tape, with named faults.

It shares no code with the solution. An operator is a *rule*: a function from plain numbers to a ``Step``, which holds
the value, the local derivatives and the children. ``backward`` does not sort a graph; it goes along the tape from the
newest node to the oldest. A *fault* is a rule with one thing wrong. It predicts the numbers of a misconception.
"""

from __future__ import annotations

import itertools
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from functools import cache
from typing import Any, Literal

Push = Literal["add", "overwrite", "multiply"]
Attach = Literal["deferred", "called", "never", "to_operand"]
Upstream = Literal["out.grad", "operand.grad", "out.data"]
Returns = Literal["node", "number", "nothing"]


_PUSHED: dict[Push, Callable[[float, float], float]] = {
    "add": lambda before, gradient: before + gradient,
    "overwrite": lambda before, gradient: gradient,
    "multiply": lambda before, gradient: before * gradient,
}


def _chain_rule(upstream: float, local: float) -> float:
    return upstream * local


@dataclass(frozen=True)
class Step:
    """One application of an operator.

    ``edges`` pairs the index of an operand with the local derivative of ``data`` with respect to it. ``children`` holds
    the indices of the operands that the new node records. The other fields describe faults. ``inner`` is a function
    that replaces the inner function: it gets the old one, the new node and the operands.
    """

    data: float
    edges: tuple[tuple[int, float], ...]
    children: tuple[int, ...]
    contribution: Callable[[float, float], float] = _chain_rule
    push: Push = "add"
    upstream: Upstream = "out.grad"
    attach: Attach = "deferred"
    returns: Returns = "node"
    in_place: bool = False
    writes_back: bool = False
    into_out: bool = False
    extra_children: int = 0
    inner: Callable[[Callable[[], None], Node, Sequence[Node]], Callable[[], None]] | None = None

    def but(self, **changes: Any) -> Step:
        """Return the step with these fields changed, as ``dataclasses.replace`` does, but many times faster."""
        step = object.__new__(Step)  # not by ``__init__``, which sets the fields of a frozen class one by one
        vars(step).update({**vars(self), **changes})
        return step


Rule = Callable[..., Step]


class PlainNumber(float):
    """Plain number that was turned into a node, so that a rule can distinguish it from a node's own data."""


def multiply(a: float, b: float) -> Step:
    """Return the step of ``a * b``: each operand's local derivative is the other operand."""
    return Step(a * b, ((0, b), (1, a)), (0, 1))


def power(a: float, n: float) -> Step:
    """Return the step of ``a ** n`` for a constant ``n``: the local derivative is ``n * a ** (n - 1)``."""
    return Step(a**n, ((0, n * a ** (n - 1) if n else 0.0),), (0,))


def rectify(a: float) -> Step:
    """Return the step of ``max(a, 0)``: the local derivative is 1 above zero, else 0 (at zero the course's choice)."""
    return Step(max(a, 0.0), ((0, 1.0 if a > 0 else 0.0),), (0,))


RULES: dict[str, Rule] = {"mul": multiply, "pow": power, "relu": rectify}


@dataclass(frozen=True)
class Fault:
    """Misconception as a rule. Its name begins with the question whose operator it replaces.

    ``wraps`` is false if plain numbers are not turned into nodes, so that ``node * 2`` raises ``AttributeError``.
    ``other_rules`` are for other ways in which the same mistake shows. ``hint`` tells the student in their own terms
    where to look, and does not give the rule away.
    """

    name: str
    rule: Rule
    wraps: bool = True
    other_rules: tuple[Rule, ...] = ()
    hint: str = field(kw_only=True)

    @property
    def question(self) -> str:
        """Question whose operator the fault replaces."""
        return self.name.partition(".")[0]


class Node:
    """Scalar of the reference engine, with the attributes of the notebook's ``Value``."""

    _rules: dict[str, Rule] = RULES
    _wraps = True
    _clock = itertools.count()

    def __init__(self, data: float, _children: Sequence[Node] = ()) -> None:
        self.data = float(data)
        self.grad = 0.0
        self._prev = set(_children)
        self._inputs: tuple[Node, ...] = ()
        self._backward: Callable[[], None] | None = lambda: None
        self._time = next(self._clock)  # the order in which nodes are made

    def backward(self) -> None:
        """Set this node's gradient to 1 and pass gradients back along the tape, newest node first."""
        tape, todo = {self}, [self]
        while todo:
            new = todo.pop()._prev - tape
            tape |= new
            todo.extend(new)
        self.grad = 1
        for node in sorted(tape, key=lambda node: -node._time):
            node._backward()  # type: ignore[misc]  # a fault may leave None here, as the student's mistake would

    def _apply(self, rule: Rule, *operands: Node, constants: tuple[float, ...] = ()) -> Any:
        step = rule(*(node.data for node in operands), *constants)
        if step.returns != "node":
            return step.data if step.returns == "number" else None
        children = [operands[k] for k in step.children] + [type(self)(0.0) for _ in range(step.extra_children)]
        if step.in_place:
            out, out.data = operands[0], step.data
            out._prev |= set(children)
        else:
            out = type(self)(step.data, children)
            operands[0].data = out.data if step.writes_back else operands[0].data
        out._attach(step, operands)
        return out

    def _attach(self, step: Step, operands: Sequence[Node]) -> None:
        def push() -> None:
            for k, local in step.edges:
                operand = operands[k]
                receiver = self if step.into_out else operand
                upstream = {"out.grad": self.grad, "operand.grad": operand.grad, "out.data": self.data}[step.upstream]
                gradient = step.contribution(upstream, local)
                receiver.grad = _PUSHED[step.push](receiver.grad, gradient)

        inner = step.inner(push, self, operands) if step.inner else push
        if step.attach == "deferred":
            self._backward = inner
        elif step.attach == "to_operand":
            operands[0]._backward = inner
        elif step.attach == "called":
            inner()
            self._backward = None

    def _wrapped(self, other: Any) -> Any:
        if isinstance(other, Node):
            return other
        node = type(self)(other)
        node.data = PlainNumber(other)
        return node

    def __add__(self, other: Any) -> Any:
        return self._apply(lambda a, b: Step(a + b, ((0, 1.0), (1, 1.0)), (0, 1)), self, self._wrapped(other))

    def __mul__(self, other: Any) -> Any:
        return self._apply(self._rules["mul"], self, self._wrapped(other) if self._wraps else other)

    def __pow__(self, n: float) -> Any:
        return self._apply(self._rules["pow"], self, constants=(n,))

    def relu(self) -> Any:
        """Return a new node with ``max(self, 0)``."""
        return self._apply(self._rules["relu"], self)

    __radd__ = __add__
    __rmul__ = __mul__


@cache
def engine(fault: Fault | None = None) -> type[Node]:
    """Return the reference engine's class of scalars, or one that computes with a ``fault``."""
    if fault is None:
        return Node
    attributes = {"_rules": RULES | {fault.question: fault.rule}, "_wraps": fault.wraps}
    return type("FaultyNode", (Node,), attributes)
