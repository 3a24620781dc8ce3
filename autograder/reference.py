"""The reference engine: scalar reverse mode on a tape, with named faults, and the training trajectory in NumPy.

It shares no code with the solution: an operator is a *rule* from plain numbers to a ``Step`` (value, local derivatives,
children), and ``backward`` walks the tape from the newest node to the oldest instead of sorting a graph. A *fault* is a
rule with one thing wrong, so that what a misconception computes can be predicted.
"""

from __future__ import annotations

import itertools
import random
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Any, Literal

import numpy as np
from numpy.typing import NDArray

Push = Literal["add", "overwrite"]
Attach = Literal["deferred", "called", "never"]


def _chain_rule(upstream: float, local: float) -> float:
    return upstream * local


@dataclass(frozen=True)
class Step:
    """One application of an operator.

    ``edges`` pairs the index of an operand with the local derivative of ``data`` with respect to it; ``children`` are
    the indices of the operands that the new node records.
    """

    data: float
    edges: tuple[tuple[int, float], ...]
    children: tuple[int, ...]
    contribution: Callable[[float, float], float] = _chain_rule
    push: Push = "add"
    attach: Attach = "deferred"
    in_place: bool = False


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


def _changed(question: str, **changes: Any) -> Rule:
    def rule(*operands: float) -> Step:
        return replace(RULES[question](*operands), **changes)

    return rule


def _local(question: str, derivatives: Callable[..., Sequence[float]]) -> Rule:
    """The right forward value with other local derivatives, one for each edge in order."""

    def rule(*operands: float) -> Step:
        step = RULES[question](*operands)
        edges = tuple((k, d) for (k, _), d in zip(step.edges, derivatives(*operands), strict=True))
        return replace(step, edges=edges)

    return rule


def _forward(question: str, value: Callable[..., float]) -> Rule:
    """Another forward value with the right local derivatives."""

    def rule(*operands: float) -> Step:
        return replace(RULES[question](*operands), data=value(*operands))

    return rule


def _one_edge(k: int) -> Rule:
    """A product whose gradient reaches only operand ``k``."""

    def rule(a: float, b: float) -> Step:
        step = multiply(a, b)
        return replace(step, edges=step.edges[k : k + 1])

    return rule


def _in_any_operator(question: str) -> Iterator[Fault]:
    """The faults of accumulation and attachment, which every operator can have."""
    changes: dict[str, dict[str, Any]] = {
        "overwrites": {"push": "overwrite"},
        "no_upstream": {"contribution": lambda upstream, local: local},
        "adds_upstream": {"contribution": lambda upstream, local: upstream + local},
        "called_not_attached": {"attach": "called"},
        "never_attached": {"attach": "never"},
        "no_children": {"children": ()},
        "in_place": {"in_place": True},
    }
    for name, change in changes.items():
        yield Fault(f"{question}.{name}", question, _changed(question, **change))


FAULTS: tuple[Fault, ...] = (
    *_in_any_operator("mul"),
    Fault("mul.swapped", "mul", _local("mul", lambda a, b: (a, b))),
    Fault("mul.derivative_of_add", "mul", _local("mul", lambda a, b: (1.0, 1.0))),
    Fault("mul.uses_output", "mul", _local("mul", lambda a, b: (a * b, a * b))),
    Fault("mul.left_only", "mul", _one_edge(0)),
    Fault("mul.right_only", "mul", _one_edge(1)),
    Fault("mul.missing_left_child", "mul", _changed("mul", children=(1,))),
    Fault("mul.missing_right_child", "mul", _changed("mul", children=(0,))),
    Fault("mul.adds", "mul", _forward("mul", lambda a, b: a + b)),
    Fault("mul.numbers_not_wrapped", "mul", multiply, wraps=False),
    *_in_any_operator("pow"),
    Fault("pow.no_factor", "pow", _local("pow", lambda a, n: (a ** (n - 1),))),
    Fault("pow.exponent_not_lowered", "pow", _local("pow", lambda a, n: (n * a**n,))),
    Fault("pow.only_squares", "pow", _local("pow", lambda a, n: (2 * a,))),
    Fault("pow.factor_lowered_too", "pow", _local("pow", lambda a, n: ((n - 1) * a ** (n - 1),))),
    Fault("pow.exponent_raised", "pow", _local("pow", lambda a, n: (n * a ** (n + 1),))),
    Fault("pow.multiplies_instead", "pow", _local("pow", lambda a, n: (n * a * (n - 1),))),
    Fault("pow.multiplies", "pow", _forward("pow", lambda a, n: a * n)),
    *_in_any_operator("relu"),
    Fault("relu.mask_inverted", "relu", _local("relu", lambda a: (1.0 if a <= 0 else 0.0,))),
    Fault("relu.no_mask", "relu", _local("relu", lambda a: (1.0,))),
    Fault("relu.uses_output", "relu", _local("relu", lambda a: (max(a, 0.0),))),
    Fault("relu.mask_from_gradient", "relu", _changed("relu", contribution=lambda up, local: up if up > 0 else 0.0)),
    Fault("relu.threshold_at_one", "relu", lambda a: Step(a if a > 1 else 0.0, ((0, 1.0 if a > 1 else 0.0),), (0,))),
    Fault("relu.absolute_value", "relu", lambda a: Step(abs(a), ((0, 1.0 if a > 0 else -1.0),), (0,))),
    Fault("relu.minimum", "relu", lambda a: Step(min(a, 0.0), ((0, 1.0 if a < 0 else 0.0),), (0,))),
)


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

    def _apply(self, rule: Rule, *operands: Node, constants: tuple[float, ...] = ()) -> Node:
        step = rule(*(node.data for node in operands), *constants)
        children = [operands[k] for k in step.children]
        if step.in_place:
            out, out.data = operands[0], step.data
            out._prev |= set(children)
        else:
            out = type(self)(step.data, children)

        def push() -> None:
            for k, local in step.edges:
                gradient = step.contribution(out.grad, local)
                operands[k].grad = gradient if step.push == "overwrite" else operands[k].grad + gradient

        if step.attach == "deferred":
            out._backward = push
        elif step.attach == "called":
            push()
            out._backward = None
        return out

    def _wrapped(self, other: Any) -> Any:
        return other if isinstance(other, Node) else type(self)(other)

    def __add__(self, other: Any) -> Node:
        return self._apply(lambda a, b: Step(a + b, ((0, 1.0), (1, 1.0)), (0, 1)), self, self._wrapped(other))

    def __mul__(self, other: Any) -> Node:
        return self._apply(self._rules["mul"], self, self._wrapped(other) if self._wraps else other)

    def __pow__(self, n: float) -> Node:
        return self._apply(self._rules["pow"], self, constants=(n,))

    def relu(self) -> Node:
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
