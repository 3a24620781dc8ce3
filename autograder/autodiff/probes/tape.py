"""The quicker probe of the training: each new node is put on a tape, and backward reads the tape in reverse.

So the graph is not searched. Losses and gradients are those of the provided ``Network`` and ``backward``, up to
rounding, because there the order in which contributions are added is left to chance. Some operators keep nodes, or
change a graph later; for them the tape raises ``OffTapeError`` or gives wrong losses. So only a training that comes out
right may be believed. It runs in the student's own process only.

A training in batches is on a tape too; there each node stands for many houses, and its data is a ``Batch``.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from itertools import pairwise
from types import SimpleNamespace
from typing import Any

from autograder.autodiff.probes.batch import Batch, relu, spread, total
from autograder.autodiff.probes.training import gradient_descent, train
from autograder.vocabulary import Measured


def gradient_descent_on_tape(engine: Any, inputs: Mapping[str, Any]) -> Iterator[Measured]:
    """random.seed({seed}), then {epochs} epochs on a tape on {count} houses, learning rate {learning_rate}"""
    return gradient_descent(on_tape(engine), inputs)


def gradient_descent_in_batches(engine: Any, inputs: Mapping[str, Any]) -> Iterator[Measured]:
    """random.seed({seed}), then {epochs} epochs in batches, {count} houses, learning rate {learning_rate}"""
    return train(on_tape(engine), inputs, in_batches)


class OffTapeError(Exception):
    """Exception for a node that has a computed child which is not on the tape before it."""


class Tape:
    """Tape of the nodes of the class ``value`` that were made since the last ``backward``."""

    def __init__(self, value: Any) -> None:
        self._nodes: list[Any] = []
        self._parameters: set[Any] = set()
        initialise, record = value.__init__, self._nodes.append

        def __init__(self: Any, data: Any, _children: Any = ()) -> None:  # noqa: N807 - becomes the method
            if type(data) is Batch:
                initialise(self, 0, _children)
                self.data = data
            else:
                initialise(self, data, _children)
            record(self)

        value.__init__ = __init__

    @property
    def length(self) -> int:
        """Number of nodes on the tape."""
        return len(self._nodes)

    def turn(self, starts: Sequence[int]) -> None:
        """Reverse the order of the parts that begin at ``starts``. No part depends on another.

        The notebook leaves their order to chance. Without this, operators that keep their operands on a stack would be
        right on the tape, but nowhere else.
        """
        parts = [self._nodes[start:end] for start, end in pairwise([*starts, len(self._nodes)])]
        self._nodes[starts[0] :] = [node for part in reversed(parts) for node in part]

    def backward(self, root: Any) -> None:
        """Give every node of the graph of ``root`` its gradient, then cut the graph, which frees its memory at once.

        Raises ``OffTapeError`` if the tape is not in order, before any gradient is changed.
        """
        due, order = {root}, []
        for node in reversed(self._nodes):
            if node in due:  # all nodes that use it are done; a node that the root does not need is never due
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
            node._prev, node._backward = (), _nothing  # these make nodes refer to themselves
        self._nodes.clear()


def in_batches(engine: Any, network: Any, x: Sequence[Sequence[float]], y: Sequence[float]) -> float:
    """Return the mean squared error of an even number of houses, computed for half of them at once.

    Its gradients are left in the parameters. There are two halves, so that each has two contributions to add up.
    """
    loss = 0.0
    for half in (slice(0, None, 2), slice(1, None, 2)):
        features, prices = zip(*x[half], strict=True), y[half]
        [prediction] = network([Batch(feature) for feature in features])
        losses = (prediction - Batch(prices)) ** 2 * (1 / len(x))
        engine.backward(losses)
        loss += sum(losses.data.numbers)
    for parameter in network.parameters:
        parameter.grad = sum(spread(parameter.grad, len(x) // 2))
    return loss


def on_tape(engine: Any) -> SimpleNamespace:
    """Return an engine with a ``backward`` that reads the tape. The nodes of ``Value`` are recorded from now on."""
    tape = Tape(engine.Value)
    layer = _layer_of(engine, tape)
    return SimpleNamespace(Value=engine.Value, Layer=layer, Network=engine.Network, backward=tape.backward)


def _nothing() -> None:
    """Do nothing, in place of the ``_backward`` of a node that is no longer needed."""


def _layer_of(engine: Any, tape: Tape) -> Any:
    """Return a ``Layer`` that makes one node of each weighted sum, where the notebook's makes a node for each ``+``.

    The neurons of a layer do not depend on each other, so their parts of the tape are turned round.
    """

    class Layer(engine.Layer):  # type: ignore[misc]  # the class is known at run time only
        def __call__(self, inputs: Sequence[Any]) -> list[Any]:
            nodes = [x if isinstance(x, engine.Value) else engine.Value(x) for x in inputs]
            outputs, starts = [], []
            for bias, weights in zip(self.biases, zip(*self.weights, strict=True), strict=True):
                starts.append(tape.length)
                output = _plus(bias, [weight * x for weight, x in zip(weights, nodes, strict=True)], engine.Value)
                outputs.append(relu(output, engine.Value) if self.add_relu else output)
            tape.turn(starts)
            return outputs

    return Layer


def _plus(bias: Any, products: Sequence[Any], value: Any) -> Any:
    """Return the sum of a bias and products as one node of the class ``value``."""
    out = value(total([bias.data, *[product.data for product in products]]), (bias, *products))

    def _backward() -> None:
        upstream = out.grad
        bias.grad += upstream
        for product in products:
            product.grad += upstream

    out._backward = _backward
    return out
