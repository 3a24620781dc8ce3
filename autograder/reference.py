"""The reference engine: scalar reverse mode on a tape, with named faults, and the training trajectory in NumPy.

It shares no code with the solution: an operator is a *rule* from plain numbers to a ``Step`` (value, local derivatives,
children), and ``backward`` walks the tape from the newest node to the oldest instead of sorting a graph. A *fault* is a
rule with one thing wrong, so that what a misconception computes can be predicted.
"""

from __future__ import annotations

import itertools
import random
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, Literal

import numpy as np
from numpy.typing import NDArray

Push = Literal["add", "overwrite"]
Attach = Literal["deferred", "called", "never", "to_operand"]
Upstream = Literal["out.grad", "operand.grad", "out.data"]
Returns = Literal["node", "number", "nothing"]


def _chain_rule(upstream: float, local: float) -> float:
    return upstream * local


@dataclass(frozen=True)
class Step:
    """One application of an operator.

    ``edges`` pairs the index of an operand with the local derivative of ``data`` with respect to it; ``children`` are
    the indices of the operands that the new node records. The other fields tell how a fault goes about it.
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
    extra_child: bool = False


Rule = Callable[..., Step]


def multiply(a: float, b: float) -> Step:
    """``a * b``: each operand's local derivative is the other operand."""
    return Step(a * b, ((0, b), (1, a)), (0, 1))


def power(a: float, n: float) -> Step:
    """``a ** n`` for a constant ``n``: the local derivative is ``n * a ** (n - 1)``."""
    return Step(a**n, ((0, n * a ** (n - 1) if n else 0.0),), (0,))


def rectify(a: float) -> Step:
    """``max(a, 0)``: the local derivative is 1 above zero, else 0 (the course's choice at zero itself)."""
    return Step(max(a, 0.0), ((0, 1.0 if a > 0 else 0.0),), (0,))


RULES: dict[str, Rule] = {"mul": multiply, "pow": power, "relu": rectify}


@dataclass(frozen=True)
class Fault:
    """A misconception as a rule: ``question`` tells which operator it replaces.

    ``wraps`` is false where plain numbers are not turned into nodes, so that ``node * 2`` raises ``AttributeError``.
    """

    name: str
    question: str
    rule: Rule
    wraps: bool = True


class Node:
    """A scalar of the reference engine, with the attributes of the notebook's ``Value``."""

    _rules: dict[str, Rule] = RULES
    _wraps = True
    _clock = itertools.count()

    def __init__(self, data: float, _children: Sequence[Node] = ()) -> None:
        self.data = data
        self.grad = 0.0
        self._prev = set(_children)
        self._inputs: tuple[Node, ...] = ()
        self._backward: Callable[[], None] | None = lambda: None
        self._time = next(self._clock)

    def backward(self) -> None:
        """Set this node's gradient to 1 and hand gradients back along the tape, newest node first."""
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
        children = [operands[k] for k in step.children] + [type(self)(0.0)] * step.extra_child
        if step.in_place:
            out, out.data = operands[0], step.data
            out._prev |= set(children)
        else:
            out = type(self)(step.data, children)
        out._attach(step, operands)
        return out

    def _attach(self, step: Step, operands: Sequence[Node]) -> None:
        def push() -> None:
            for k, local in step.edges:
                operand = operands[k]
                upstream = {"out.grad": self.grad, "operand.grad": operand.grad, "out.data": self.data}[step.upstream]
                gradient = step.contribution(upstream, local)
                operand.grad = gradient if step.push == "overwrite" else operand.grad + gradient

        if step.attach == "deferred":
            self._backward = push
        elif step.attach == "to_operand":
            operands[0]._backward = push
        elif step.attach == "called":
            push()
            self._backward = None

    def _wrapped(self, other: Any) -> Any:
        return other if isinstance(other, Node) else type(self)(other)

    def __add__(self, other: Any) -> Any:
        return self._apply(lambda a, b: Step(a + b, ((0, 1.0), (1, 1.0)), (0, 1)), self, self._wrapped(other))

    def __mul__(self, other: Any) -> Any:
        return self._apply(self._rules["mul"], self, self._wrapped(other) if self._wraps else other)

    def __pow__(self, n: float) -> Any:
        return self._apply(self._rules["pow"], self, constants=(n,))

    def relu(self) -> Any:
        """``max(self, 0)``."""
        return self._apply(self._rules["relu"], self)

    __radd__ = __add__
    __rmul__ = __mul__


def engine(fault: Fault | None = None) -> type[Node]:
    """The reference engine's class of scalars; with ``fault``, one that computes what that misconception computes."""
    if fault is None:
        return Node
    attributes = {"_rules": RULES | {fault.question: fault.rule}, "_wraps": fault.wraps}
    return type("FaultyNode", (Node,), attributes)


# --- training -----------------------------------------------------------------------------------------------------

Matrix = NDArray[np.float64]


@dataclass(frozen=True)
class Trajectory:
    """Gradient descent as NumPy computes it: ``losses`` by epoch, and the first gradient, by name of the parameter."""

    losses: tuple[float, ...]
    first_gradient: dict[str, float]


def initial_parameters(seed: int, layers: Sequence[tuple[int, int, bool]]) -> list[tuple[Matrix, Matrix]]:
    """Weights (inputs × outputs) and biases (outputs) of each layer, in the notebook's order of drawing.

    Normal with standard deviation ``1 / max(inputs, outputs)``, the weights row by row, then the biases.
    """
    generator = random.Random(seed)
    parameters = []
    for n_in, n_out, _ in layers:
        deviation = 1 / max(n_in, n_out)
        weights = np.array([[generator.gauss(0, deviation) for _ in range(n_out)] for _ in range(n_in)])
        parameters.append((weights, np.array([generator.gauss(0, deviation) for _ in range(n_out)])))
    return parameters


def trajectory(
    seed: int,
    layers: Sequence[tuple[int, int, bool]],
    x: Matrix,
    y: Matrix,
    *,
    learning_rate: float,
    epochs: int,
) -> Trajectory:
    """Full-batch gradient descent on the mean squared error, in closed form.

    ``x`` is houses × features, ``y`` one price a house; losses are in squared units of ``y``, each before its update.
    """
    parameters = initial_parameters(seed, layers)
    losses: list[float] = []
    first: dict[str, float] = {}
    for epoch in range(epochs):
        loss, gradients = _loss_and_gradients(parameters, layers, x, y)
        losses.append(loss)
        if epoch == 0:
            first = _named(gradients)
        parameters = [
            (w - learning_rate * dw, b - learning_rate * db)
            for (w, b), (dw, db) in zip(parameters, gradients, strict=True)
        ]
    return Trajectory(tuple(losses), first)


def _loss_and_gradients(
    parameters: list[tuple[Matrix, Matrix]], layers: Sequence[tuple[int, int, bool]], x: Matrix, y: Matrix
) -> tuple[float, list[tuple[Matrix, Matrix]]]:
    activations, masks = [x], []
    for (weights, biases), (_, _, relu) in zip(parameters, layers, strict=True):
        sums = activations[-1] @ weights + biases
        masks.append(sums > 0 if relu else np.ones_like(sums, dtype=bool))
        activations.append(sums * masks[-1])
    error = activations[-1][:, 0] - y
    delta = (2 * error / len(y))[:, None]
    gradients: list[tuple[Matrix, Matrix]] = []
    for k in reversed(range(len(layers))):
        delta = delta * masks[k]
        gradients.insert(0, (activations[k].T @ delta, delta.sum(axis=0)))
        delta = delta @ parameters[k][0].T
    return float(np.mean(error**2)), gradients


def _named(gradients: list[tuple[Matrix, Matrix]]) -> dict[str, float]:
    named: dict[str, float] = {}
    for k, (weights, biases) in enumerate(gradients):
        for (i, j), gradient in np.ndenumerate(weights):
            named[f"layers[{k}].weights[{i}][{j}].grad"] = float(gradient)
        named |= {f"layers[{k}].biases[{j}].grad": float(gradient) for j, gradient in enumerate(biases)}
    return named
