"""The probe of the training: gradient descent on the notebook's network, with one report after each epoch.

Its engine has the notebook's classes ``Layer`` and ``Network``, and ``backward``, which begins at a node.
"""

from __future__ import annotations

import gc
import random
from collections.abc import Callable, Iterator, Mapping
from typing import Any

from autograder.vocabulary import Measured

FullBatchLoss = Callable[[Any, Any, Any, Any], Any]
"""Function that returns the mean squared error, given an engine, its network, features and prices.

It leaves the gradient of the loss in every parameter.
"""


def gradient_descent(engine: Any, inputs: Mapping[str, Any]) -> Iterator[Measured]:
    """random.seed({seed}), then {epochs} epochs of gradient descent on {count} houses, learning rate {learning_rate}"""
    return train(engine, inputs, _house_by_house)


def train(engine: Any, inputs: Mapping[str, Any], full_batch_loss: FullBatchLoss) -> Iterator[Measured]:
    """Yield the loss of each epoch, after the first one with the gradients of all parameters."""
    random.seed(inputs["seed"])
    network = engine.Network(*(engine.Layer(n_in, n_out, add_relu=relu) for n_in, n_out, relu in inputs["layers"]))
    collects = gc.isenabled()
    gc.disable()  # the collector walks the growing graph again and again, in five sixths of the time
    try:
        for epoch in range(inputs["epochs"]):
            network.zero_grad()
            measured: Measured = {"loss": full_batch_loss(engine, network, inputs["x"], inputs["y"])}
            if epoch == 0:
                measured |= _parameter_gradients(network)
            yield measured
            network.update(inputs["learning_rate"])
            gc.collect()  # frees the nodes that `_release` could not reach
    finally:
        if collects:
            gc.enable()


def _house_by_house(engine: Any, network: Any, x: Any, y: Any) -> Any:
    """Return the mean squared error, and let gradients flow back.

    ``backward`` runs for each house, because the gradient of a sum is the sum of the gradients.
    """
    loss = 0.0
    for features, price in zip(x, y, strict=True):
        house_loss = (_prediction(network, features) - price) ** 2 * (1 / len(x))
        engine.backward(house_loss)
        loss += house_loss.data
        _release(house_loss)
    return loss


def _release(root: Any) -> None:
    """Cut the reference cycles of a graph that is no longer needed, so that its memory is freed without a search."""
    todo = [root]
    while todo:
        node = todo.pop()
        if node._prev:  # it is a computed node, met for the first time
            todo.extend(node._prev)
            try:
                node._prev, node._backward = (), None
            except AttributeError:
                return  # a student's own Value may not allow it; the collection after the epoch frees it then


def _prediction(network: Any, features: Any) -> Any:
    outputs = network(features)
    return outputs[0] if isinstance(outputs, (list, tuple)) else outputs


def _parameter_gradients(network: Any) -> Measured:
    gradients: Measured = {}
    for k, layer in enumerate(network.layers):
        for i, row in enumerate(layer.weights):
            gradients |= {f"layers[{k}].weights[{i}][{j}].grad": weight.grad for j, weight in enumerate(row)}
        gradients |= {f"layers[{k}].biases[{j}].grad": bias.grad for j, bias in enumerate(layer.biases)}
    return gradients
