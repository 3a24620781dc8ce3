"""The sentences of the notebook that state a number: each still stands there, and NumPy finds the same."""

from __future__ import annotations

import itertools
import re

import numpy as np
import pytest
from numpy_network import Array, Layers, descent, hidden, houses, loss, predictions, start, updated
from specimens import ROOT

from autograder.authoring import source_file

CELLS = source_file.read_source(ROOT).cells
TEXT = " ".join(" ".join(cell.source.split()) for cell in CELLS if cell.cell_type == "markdown")

RAW = houses()
SCALED = RAW.standardised()
STATES = list(itertools.islice(descent(RAW.x_train, RAW.y_train, 1e-4), 11))
"""The layers after 0, 1, ... 10 updates on the features as they are."""


def in_batches(epochs: int, size: int = 32) -> Layers:
    """Return the layers after some epochs in batches on standardised features."""
    layers = start()
    for _ in range(epochs):
        for k in range(0, len(SCALED.y_train), size):
            layers = updated(layers, SCALED.x_train[k : k + size], SCALED.y_train[k : k + size], 0.005)
    return layers


THREE_EPOCHS = in_batches(3)


def correlation(layers: Layers, x: Array, y: Array) -> float:
    """Return the correlation of the predictions with the prices."""
    return float(np.corrcoef(predictions(layers, x), y)[0, 1])


def says(*sentences: str) -> None:
    """Fail unless the notebook's text has these words."""
    assert [sentence for sentence in sentences if sentence not in TEXT] == []


def test_the_sizes_of_what_is_built() -> None:
    says("fewer than two hundred lines of plain Python", "A network has many weights, hundreds here")
    says("the whole graph that leads to it, over 200,000 nodes for the training houses")
    says("Our layer of 13 × 10 weights makes about 280 nodes for one house")
    given = [cell.source for cell in CELLS if source_file.PROVIDED in source_file.tags(cell)]
    written = [source_file.without_marks(cell.source) for cell in CELLS if cell.cell_type == "code"]
    trains = [
        code for code in written if re.search("def (__mul__|__pow__|relu|mean_squared_error|train_one_epoch)", code)
    ]
    assert 100 < len([line for code in given + trains for line in code.split("\n") if line.strip()]) < 200
    assert sum(weights.size + biases.size for weights, biases in start()) == 261

    def nodes(n_in: int, n_out: int, relu: bool) -> int:
        return n_in * n_out * 2 + relu * n_out  # a product and a sum for each weight

    first = 13 + nodes(13, 10, True)  # its inputs are wrapped
    assert round(first, -1) == 280
    assert 404 * (first + nodes(10, 10, True) + nodes(10, 1, False)) > 200_000


def test_rows_for_columns_leave_features_and_units_out_and_the_loss_hardly_moves() -> None:
    says("three of our thirteen features are never read, all but one of the hidden units have no influence")
    says("With seed 0, it goes from 586 to 579 in ten epochs.")
    (weights_1, biases_1), (weights_2, biases_2), (weights_3, biases_3) = start(seed=0)
    layers = [(weights_1[:10].T, biases_1), (weights_2.T, biases_2), (weights_3 * np.eye(10, 1), biases_3)]
    losses = []
    for _ in range(10):
        losses.append(loss(layers, RAW.x_train[:, :10], RAW.y_train))
        layers = updated(layers, RAW.x_train[:, :10], RAW.y_train, 1e-4)
        layers[-1] = layers[-1][0] * np.eye(10, 1), layers[-1][1]  # nothing looks at the other weights
    assert [round(losses[0]), round(losses[-1])] == [586, 579]


def test_after_ten_epochs_the_mean_is_not_beaten() -> None:
    says("loss fall from about 500 to about 100", "the network **has not yet beaten the mean**")
    losses = [loss(layers, RAW.x_train, RAW.y_train) for layers in STATES]
    assert losses[0] == pytest.approx(500, abs=10)
    assert losses[9] == pytest.approx(100, abs=10)
    assert RAW.y_train.var() < losses[-1]


def test_after_ten_epochs_the_predictions_are_nearly_one_number() -> None:
    says("For nine houses in ten, cheap or dear, the network says something between 16 and 28")
    says("the correlation is close to 0, and for the test houses even a little below it")
    both = [(RAW.x_train, RAW.y_train), (RAW.x_test, RAW.y_test)]
    shares = [np.mean((said > 16) & (said < 28)) for said in (predictions(STATES[-1], x) for x, _ in both)]
    assert shares == pytest.approx([0.9, 0.9], abs=0.02)
    assert [f"{correlation(STATES[-1], x, y):+.2f}" for x, y in both] == ["+0.08", "-0.14"]


def test_the_level_is_learnt_in_the_first_two_updates() -> None:
    says("says about 2 for every house; two updates later it says 21 on average, and the mean price is 22")
    says("they had tilted the predictions the wrong way, so that cheap houses got the higher ones")
    means = [predictions(layers, RAW.x_train).mean() for layers in STATES]
    assert [round(means[0]), round(means[2]), round(RAW.y_train.mean())] == [2, 21, 22]
    assert abs(means[-1] - means[2]) < 1.5  # "The other eight change the average little."
    tilts = [correlation(layers, RAW.x_train, RAW.y_train) for layers in STATES]
    assert tilts[2] < -0.3
    assert tilts[2:] == sorted(tilts[2:])  # "They repair"


def test_units_are_dead() -> None:
    says("Three units of the first layer are dead and four of the second, some from the random start")
    says("two more are at work for a few houses only. Nearly all the others are never 0.")
    first, second = ((outputs > 0).mean(axis=0) for outputs in hidden(STATES[-1], RAW.x_train))
    assert [sum(first == 0), sum(second == 0)] == [3, 4]
    shares = np.array([*first, *second])
    assert sum((shares > 0) & (shares < 0.1)) == 2
    assert sum(shares > 0.1) - sum(shares == 1) == 1
    at_first = [int(((outputs > 0).sum(axis=0) == 0).sum()) for outputs in hidden(STATES[0], RAW.x_train)]
    assert at_first == [1, 3]
    after_two = [int(((outputs > 0).sum(axis=0) == 0).sum()) for outputs in hidden(STATES[2], RAW.x_train)]
    assert after_two == [3, 4]


def test_standardised_features_and_batches() -> None:
    says("a learning rate 50 times as large works", "there are 13 of them in an epoch", "after every 32 houses")
    says("the correlation is about 0.9, and the loss is a fifth of that of the mean")
    assert pytest.approx(50) == 0.005 / 1e-4
    assert len(range(0, 404, 32)) == 13
    both = [(SCALED.x_train, SCALED.y_train), (SCALED.x_test, SCALED.y_test)]
    assert [f"{correlation(THREE_EPOCHS, x, y):.1f}" for x, y in both] == ["0.9", "0.9"]
    assert loss(THREE_EPOCHS, *both[0]) == pytest.approx(RAW.y_train.var() / 5, rel=0.05)


def test_prices_end_at_50() -> None:
    says("entered every price above 50 as 50")
    prices = np.concatenate([RAW.y_train, RAW.y_test])
    assert prices.max() == 50
    assert sum(prices == 50) == 16


def test_the_single_houses_are_what_is_said_of_them() -> None:
    says("House 50 is dear. The first network saw nothing of that; the second did.")
    says("Of all the test houses, the next one deceives the second network most.", "a cheap one, such as 56")
    first, second = predictions(STATES[-1], RAW.x_test), predictions(THREE_EPOCHS, SCALED.x_test)
    assert first[50] < RAW.y_train.mean() < 30 < second[50] < RAW.y_test[50]
    assert np.argmax(abs(second - RAW.y_test)) == 97
    assert second[97] > 40 > 22 > RAW.y_test[97]  # "What makes it look dear?"
    assert RAW.y_test[56] < 8


def test_from_20_to_200_updates_on_standardised_features_the_training_loss_falls_by_more() -> None:
    says("From 20 to 200 updates, say, which of the five explanations of question 2 fits *these* curves?")
    states = list(itertools.islice(descent(SCALED.x_train, SCALED.y_train, 0.01), 1001))
    train = np.array([loss(layers, SCALED.x_train, SCALED.y_train) for layers in states])
    test = np.array([loss(layers, SCALED.x_test, SCALED.y_test) for layers in states])
    assert train[20] - train[200] > test[20] - test[200]
    jumps = abs(np.diff(train))
    assert jumps[:100].max() > 10 > 3 > jumps[200:].max()  # they jump, and then tremble
    assert test[950:].mean() < test[850:950].mean()  # "does the test loss still fall at the end?" It does.
