"""The training in NumPy, in closed form. It gives the losses and the first gradient that a submission must show.

It shares no code with the solution or the reference engine. Import it late: NumPy takes a tenth of a second to import,
and most submissions do not need this module.
"""

from __future__ import annotations

import random
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Matrix = NDArray[np.float64]


@dataclass(frozen=True)
class Trajectory:
    """Result of gradient descent: ``losses`` by epoch, and the first gradient by the parameter's name."""

    losses: tuple[float, ...]
    first_gradient: dict[str, float]


def initial_parameters(seed: int, layers: Sequence[tuple[int, int, bool]]) -> list[tuple[Matrix, Matrix]]:
    """Return the first weights (inputs × outputs) and biases (outputs) of each layer.

    They are drawn as in the notebook: from a normal distribution with standard deviation ``1 / max(inputs, outputs)``,
    the weights row by row, then the biases.
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
    """Run full-batch gradient descent on the mean squared error, and return its losses and its first gradient.

    ``x`` is houses × features, and ``y`` holds one price for each house. Each loss is measured before its update, in
    squared units of ``y``.
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
