"""The key of the two questions and the marking guide: every number they rest on, computed by NumPy."""

from __future__ import annotations

import itertools
import re

import numpy as np
import pytest
from numpy_network import descent, houses, loss, predictions
from specimens import ROOT

from autograder.autodiff.sealed.test_vs_train import CHECKS, KEY
from autograder.grading.compare import mismatches

GUIDE = (ROOT / "solutions" / "marking-guide.md").read_text(encoding="utf-8")
HOUSES = houses()
STATES = list(itertools.islice(descent(HOUSES.x_train, HOUSES.y_train, 1e-4), 11))
TRAIN = np.array([loss(layers, HOUSES.x_train, HOUSES.y_train) for layers in STATES])
TEST = np.array([loss(layers, HOUSES.x_test, HOUSES.y_test) for layers in STATES])
"""The losses at equal weights, after 0, 1, ... 10 updates."""
GAP = TEST - TRAIN


def rows_under(heading: str) -> list[str]:
    """Return the rows of numbers of the first table under a bold heading of the guide."""
    table = GUIDE.partition(f"**{heading}**")[2].partition("\n\n|")[2].partition("\n\n")[0]
    return re.findall(r"^\| -?\d.*\|$", table, re.MULTILINE)


def row(number: int, train: float, test: float, *others: float, places: int = 2) -> str:
    """Return a row of the guide: one decimal, and ``places`` in the last column."""
    *middle, last = others
    numbers = [f"{value:.1f}" for value in (train, test, *middle)]
    return f"| {' | '.join([str(number), *numbers, f'{last:.{places}f}'])} |"


def level(after: int, which: str) -> float:
    """Return the part of a loss that comes from the mean prediction being off the mean price."""
    x, y = (HOUSES.x_train, HOUSES.y_train) if which == "train" else (HOUSES.x_test, HOUSES.y_test)
    return float((predictions(STATES[after], x).mean() - y.mean()) ** 2)


def correlation(after: int, which: str) -> float:
    """Return the correlation of the predictions with the prices."""
    x, y = (HOUSES.x_train, HOUSES.y_train) if which == "train" else (HOUSES.x_test, HOUSES.y_test)
    return float(np.corrcoef(predictions(STATES[after], x), y)[0, 1])


def test_the_evidence_is_the_two_losses_at_both_ends() -> None:
    evidence = [KEY[name] for name in ("train_before", "test_before", "train_after", "test_after")]
    assert evidence == [round(value, 1) for value in (TRAIN[0], TEST[0], TRAIN[-1], TEST[-1])]


@pytest.mark.parametrize("name", ["train_before", "test_before", "train_after", "test_after"])
def test_evidence_that_is_rounded_to_a_whole_number_counts_and_what_is_further_off_does_not(name: str) -> None:
    [expected] = [check.expected({}) for check in CHECKS if name in check.reads and check.visibility == "hidden"]
    right = float(KEY[name])
    for typed, counts in ((right, True), (round(right), True), (right + 0.6, False), (right - 0.6, False)):
        assert (name not in mismatches(expected, {name: typed})) is counts


def test_question_1_the_recorded_test_loss_is_lower_only_because_it_is_one_update_ahead() -> None:
    assert TEST[0] > TRAIN[0]  # the test houses are not easier
    assert TEST[1] < TRAIN[0]  # what the first epoch records
    assert KEY["choice_1"] == "D"


def test_question_2_option_b_holds() -> None:
    assert (GAP > 0).all()  # at equal weights the test loss is the higher one from the very start
    recorded, taken_off = TEST[1:] - TRAIN[:-1], TRAIN[:-1] - TRAIN[1:]
    assert recorded == pytest.approx(GAP[1:] - taken_off)
    assert [bool(below) for below in recorded < 0] == [True, True] + 8 * [False]
    assert [bool(hidden) for hidden in taken_off > GAP[1:]] == [True, True] + 8 * [False]
    assert KEY["choice_2"] == "B"


def test_question_2_every_other_option_is_refuted_by_the_numbers() -> None:
    assert (np.diff(TEST) < 0).all()  # A: the test loss never climbs
    assert TRAIN[0] - TRAIN[-1] < TEST[0] - TEST[-1]  # C: training lowers the test loss by more
    assert GAP[0] == max(GAP)  # E: the losses are not equal at the start, and no update opens the gap further than that
    # D: test_question_1 holds the order; the test curve is one update ahead


def test_the_guide_s_losses_at_equal_weights() -> None:
    rows = [row(k, TRAIN[k], TEST[k], GAP[k], TEST[k] / TRAIN[k]) for k in range(11)]
    assert rows_under("At equal weights") == rows


def test_the_guide_s_recorded_losses() -> None:
    epochs = (1, 2, 3, 10)
    rows = [row(k, TRAIN[k - 1], TEST[k], TEST[k] - TRAIN[k - 1], TRAIN[k - 1] - TRAIN[k], places=1) for k in epochs]
    assert rows_under("As recorded") == rows


def test_the_guide_s_losses_on_standardised_features_where_the_textbook_s_answer_is_right() -> None:
    scaled = HOUSES.standardised()
    losses = {}
    for epoch, layers in enumerate(itertools.islice(descent(scaled.x_train, scaled.y_train, 0.01), 1001)):
        if epoch in (0, 20, 50, 200, 1000):
            losses[epoch] = (
                loss(layers, scaled.x_train, scaled.y_train),
                loss(layers, scaled.x_test, scaled.y_test),
            )
    assert rows_under("On standardised features") == [
        row(epoch, train, test, test - train, test / train) for epoch, (train, test) in losses.items()
    ]
    fell = [f"{before - after:.1f}" for before, after in zip(losses[20], losses[200], strict=True)]
    assert fell == ["68.1", "59.3"]  # C fits there


def test_every_number_of_the_guide_s_text_is_one_of_these() -> None:
    prose = "\n".join(line for line in GUIDE.splitlines() if not re.match(r"\| -?\d", line))
    stated = set(re.findall(r"(?<![\w.])-?\d+\.\d+(?!\w|\.\d)", prose)) - {
        "0.01",
        "68.1",
        "59.3",
    }  # the learning rate; see above
    losses = (TRAIN[0], TEST[0], GAP[0], GAP[-1], TRAIN[0] - TRAIN[-1], TEST[0] - TEST[-1])
    levels = [level(after, which) for after in (0, -1) for which in ("train", "test")]
    means = (HOUSES.y_train.mean(), HOUSES.y_test.mean())
    ratios = (TEST[0] / TRAIN[0], TEST[-1] / TRAIN[-1], correlation(2, "train"), correlation(2, "test"))
    computed = {f"{value:.1f}" for value in (*losses, *levels, *means)} | {f"{value:.2f}" for value in ratios}
    assert stated == computed


def test_the_guide_s_round_numbers() -> None:
    assert [round(value) for value in TRAIN[:2] - TRAIN[1:3]] == [180, 186]  # "about 180"
    assert round(predictions(STATES[0], HOUSES.x_test).mean()) == 2  # "says 2 for every house"
    assert max(predictions(STATES[0], HOUSES.x_test)) < 4
    rest = GAP - np.array([level(after, "test") - level(after, "train") for after in range(11)])
    assert list(rest[2:]) == sorted(rest[2:], reverse=True)  # "The other eight slowly take that back"
