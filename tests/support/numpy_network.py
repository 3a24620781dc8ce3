"""The network of the notebook in NumPy alone: the numbers that the key, the marking guide and the notebook state.

It shares no code with what is graded or with what grades.
"""

from __future__ import annotations

import random
from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from specimens import ROOT

Array = NDArray[np.float64]
Layers = list[tuple[Array, Array]]
"""Weights (inputs × outputs) and biases (outputs) of each layer."""


@dataclass(frozen=True)
class Houses:
    """Features and prices of the training houses and of the test houses."""

    x_train: Array
    y_train: Array
    x_test: Array
    y_test: Array

    def standardised(self) -> Houses:
        """Return the same houses, every feature with mean 0 and deviation 1 over the training houses."""
        mean, deviation = self.x_train.mean(axis=0), self.x_train.std(axis=0)
        return Houses((self.x_train - mean) / deviation, self.y_train, (self.x_test - mean) / deviation, self.y_test)


def houses() -> Houses:
    """Return the houses in the split of Keras."""
    rows = np.genfromtxt(ROOT / "assignment" / "data" / "boston_housing.csv", delimiter=",", skip_header=1)
    np.random.RandomState(113).shuffle(rows)
    return Houses(rows[:404, :13], rows[:404, 13], rows[404:, :13], rows[404:, 13])


def start(seed: int = 59) -> Layers:
    """Return the random layers that a training begins with."""
    drawn, layers = random.Random(seed), []
    for n_in, n_out in ((13, 10), (10, 10), (10, 1)):
        numbers = [drawn.gauss(0, 1 / max(n_in, n_out)) for _ in range((n_in + 1) * n_out)]
        table = np.array(numbers).reshape(n_in + 1, n_out)
        layers.append((table[:-1], table[-1]))
    return layers


def hidden(layers: Layers, x: Array) -> list[Array]:
    """Return the outputs of each hidden layer, one row for each house."""
    outputs = [x]
    for weights, biases in layers[:-1]:
        outputs.append(np.maximum(outputs[-1] @ weights + biases, 0))
    return outputs[1:]


def predictions(layers: Layers, x: Array) -> Array:
    """Return the predicted price of each house."""
    weights, biases = layers[-1]
    return (hidden(layers, x)[-1] @ weights + biases)[:, 0]


def loss(layers: Layers, x: Array, y: Array) -> float:
    """Return the mean squared error."""
    return float(((predictions(layers, x) - y) ** 2).mean())


def updated(layers: Layers, x: Array, y: Array, learning_rate: float) -> Layers:
    """Return the layers after one step of gradient descent."""
    inputs = [x, *hidden(layers, x)]
    upstream = 2 * (predictions(layers, x) - y)[:, None] / len(y)
    after: Layers = []
    for (weights, biases), received in zip(layers[::-1], inputs[::-1], strict=True):
        new = weights - learning_rate * received.T @ upstream, biases - learning_rate * upstream.sum(axis=0)
        after.insert(0, new)
        upstream = (upstream @ weights.T) * (received > 0)
    return after


def descent(x: Array, y: Array, learning_rate: float) -> Iterator[Layers]:
    """Yield the layers after 0, 1, 2, ... updates, each with all houses."""
    layers = start()
    while True:
        yield layers
        layers = updated(layers, x, y, learning_rate)
