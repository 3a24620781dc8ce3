"""Trains without searching the graph: each node goes on a tape as it is made, and backward is the tape reversed.

Losses and gradients are those of the provided ``Network`` and ``backward``, up to rounding: in what order contributions
are added up is left to chance there. Operators for which this does not hold, since they keep nodes or change a graph
afterwards, are told by ``OffTapeError`` or by wrong losses: so only a training that comes out right may be believed.
Runs in the student's own process only.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from itertools import pairwise
from types import SimpleNamespace
from typing import Any

from autograder.autodiff.probes.training import gradient_descent
from autograder.vocabulary import Measured


def gradient_descent_on_tape(engine: Any, inputs: Mapping[str, Any]) -> Iterator[Measured]:
    """random.seed({seed}), then {epochs} epochs on a tape on {count} houses, learning rate {learning_rate}"""
    return gradient_descent(on_tape(engine), inputs)


class OffTapeError(Exception):
    """A computed node came to be a child of one that was made before it."""


class Tape:
    """The nodes of the class ``value`` that were made since the last ``backward``."""

    def __init__(self, value: Any) -> None:
        self._nodes: list[Any] = []
        self._parameters: set[Any] = set()
        initialise, record = value.__init__, self._nodes.append

        def __init__(self: Any, data: Any, _children: Any = ()) -> None:  # noqa: N807 - becomes the method
            initialise(self, data, _children)
            record(self)

        value.__init__ = __init__

    @property
    def length(self) -> int:
        """The number of nodes on it."""
        return len(self._nodes)

    def turn(self, starts: Sequence[int]) -> None:
        """Turn round the parts that begin at ``starts``, none of which depends on another.

        The notebook leaves their order to chance. On a tape as it was made, operators that keep their operands on a
        stack would be right, and nowhere else.
        """
        parts = [self._nodes[start:end] for start, end in pairwise([*starts, len(self._nodes)])]
        self._nodes[starts[0] :] = [node for part in reversed(parts) for node in part]

    def backward(self, root: Any) -> None:
        """Give every node of the graph of ``root`` its gradient, then cut the graph, which frees its memory at once.

        Raises ``OffTapeError`` before any gradient is touched.
        """
        due, order = {root}, []
        for node in reversed(self._nodes):
            if node in due:  # its users are all done; nodes that no user leads to are never due
                due.remove(node)
                due.update(node._prev)
                order.append(node)
        if not due <= self._parameters:
            if any(node._prev for node in due):
                raise OffTapeError
            self._parameters = self._parameters or due
        root.grad = 1
        for node in order:
            node._backward()
        for node in order:
            node._prev, node._backward = (), _nothing  # through which nodes refer to themselves
        self._nodes.clear()


def on_tape(engine: Any) -> SimpleNamespace:
    """The ``engine``, whose ``Value`` is recorded from now on, with a ``backward`` that runs along the tape."""
    tape = Tape(engine.Value)
    return SimpleNamespace(
        Value=engine.Value, Layer=_with_short_sums(engine, tape), Network=engine.Network, backward=tape.backward
    )


def _nothing() -> None:
    """Stands for the ``_backward`` of a node that has served."""


def _with_short_sums(engine: Any, tape: Tape) -> Any:
    """The ``Layer`` with one node for each sum of products, where the notebook makes one for each sign ``+``."""
    value = engine.Value

    class Layer(engine.Layer):  # type: ignore[misc]  # known at run time only
        def __call__(self, inputs: Sequence[Any]) -> list[Any]:
            inputs = [x if isinstance(x, value) else value(x) for x in inputs]
            outputs, starts = [], []
            for bias, weights in zip(self.biases, zip(*self.weights, strict=True), strict=True):
                starts.append(tape.length)
                total = _sum(value, bias, [weight * x for weight, x in zip(weights, inputs, strict=True)])
                outputs.append(total.relu() if self.add_relu else total)
            tape.turn(starts)
            return outputs

    return Layer


def _sum(value: Any, bias: Any, products: Sequence[Any]) -> Any:
    """A node with the sum, added up from left to right as ``bias + products[0] + products[1] + ...`` is."""
    total = bias.data
    for product in products:
        total += product.data
    out = value(total, (bias, *products))

    def _backward() -> None:
        upstream = out.grad
        bias.grad += upstream
        for product in products:
            product.grad += upstream

    out._backward = _backward
    return out
