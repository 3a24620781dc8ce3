"""The quicker probe of the training: each new node is put on a tape, and backward reads the tape in reverse.

So the graph is not searched. Losses and gradients are those of the provided ``Network`` and ``backward``, up to
rounding, because there the order in which contributions are added is left to chance. Some operators keep nodes, or
change a graph later; for them the tape raises ``OffTapeError`` or gives wrong losses. So only a training that comes out
right may be believed. It runs in the student's own process only.

Where the course lends its own ``*``, a neuron's sum of products is one node, a tenth of the nodes.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from itertools import pairwise
from types import SimpleNamespace
from typing import Any

from autograder.autodiff.probes.training import gradient_descent
from autograder.vocabulary import Measured


def gradient_descent_on_tape(engine: Any, inputs: Mapping[str, Any]) -> Iterator[Measured]:
    """random.seed({seed}), then {epochs} epochs on a tape on {count} houses, learning rate {learning_rate}"""
    return gradient_descent(on_tape(engine, sums_of_products), inputs)


def gradient_descent_in_dot_products(engine: Any, inputs: Mapping[str, Any]) -> Iterator[Measured]:
    """random.seed({seed}), then {epochs} epochs in dot products on {count} houses, learning rate {learning_rate}"""
    return gradient_descent(on_tape(engine, dot_products), inputs)


class OffTapeError(Exception):
    """Exception for a node that has a computed child which is not on the tape before it."""


class Tape:
    """Tape of the nodes of the class ``value`` that were made since the last ``backward``."""

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


Neuron = Callable[[Any, Sequence[Any]], Any]
"""Function that returns the node ``bias + weights[0] * inputs[0] + ...``, given the bias and the weights."""
Neurons = Callable[[Any, Sequence[Any]], Neuron]
"""Function that returns the neuron of a layer for these inputs, given the class ``Value`` and the inputs."""


def on_tape(engine: Any, neurons: Neurons) -> SimpleNamespace:
    """Return an engine with a ``backward`` that reads the tape. The nodes of ``Value`` are recorded from now on."""
    tape = Tape(engine.Value)
    layer = _layer_of(engine, tape, neurons)
    return SimpleNamespace(Value=engine.Value, Layer=layer, Network=engine.Network, backward=tape.backward)


def _nothing() -> None:
    """Do nothing, in place of the ``_backward`` of a node that is no longer needed."""


def _layer_of(engine: Any, tape: Tape, neurons: Neurons) -> Any:
    """Return a ``Layer`` that makes each sum with ``neurons``. The notebook's makes a node for each ``*`` and ``+``."""

    class Layer(engine.Layer):  # type: ignore[misc]  # the class is known at run time only
        def __call__(self, inputs: Sequence[Any]) -> list[Any]:
            neuron = neurons(engine.Value, inputs)
            outputs, starts = [], []
            for bias, weights in zip(self.biases, zip(*self.weights, strict=True), strict=True):
                starts.append(tape.length)
                total = neuron(bias, weights)
                outputs.append(total.relu() if self.add_relu else total)
            tape.turn(starts)
            return outputs

    return Layer


def sums_of_products(value: Any, inputs: Sequence[Any]) -> Neuron:
    """Return a neuron whose products are made by the ``*`` of ``value``, and whose sum is one node."""
    nodes = [x if isinstance(x, value) else value(x) for x in inputs]

    def neuron(bias: Any, weights: Sequence[Any]) -> Any:
        products = [weight * x for weight, x in zip(weights, nodes, strict=True)]
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

    return neuron


def dot_products(value: Any, inputs: Sequence[Any]) -> Neuron:
    """Return a neuron that is one node, and never uses the ``*`` of ``value``.

    It is for a training with the course's own ``*``, where nothing of the student's would be run for a product.
    ``inputs`` are all nodes or all numbers.
    """
    nodes = [x for x in inputs if isinstance(x, value)]
    numbers = [x.data for x in nodes] or inputs

    def neuron(bias: Any, weights: Sequence[Any]) -> Any:
        total = bias.data
        for weight, number in zip(weights, numbers, strict=True):
            total += weight.data * number
        out = value(total, (bias, *weights, *nodes))

        def _backward() -> None:
            upstream = out.grad
            bias.grad += upstream
            for weight, number in zip(weights, numbers, strict=True):
                weight.grad += number * upstream
            for weight, node in zip(weights, nodes, strict=False):  # there are none where the inputs are numbers
                node.grad += weight.data * upstream

        out._backward = _backward
        return out

    return neuron
