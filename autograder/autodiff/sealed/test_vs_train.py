"""The questions on test and training loss: the key, and the checks of what students type."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from autograder.autodiff.sealed.training import FULL_TRAINING, reference_training
from autograder.vocabulary import Check, Expected, Interval, SecretNumber, Visibility

EVIDENCE_TOLERANCE = 0.5
"""Accepts numbers that were cut off instead of rounded; the right and the wrong readings lie tens apart."""
DIGITS_OF_EVIDENCE, DIGITS_OF_RESULTS = 3, 5
"""Significant digits from which a number counts as one of the evidence, or as one of the 271 results of a training."""

KEY: Mapping[str, float | str] = {
    "train_before": 497.7,
    "test_before": 522.5,
    "train_after": 93.4,
    "test_after": 106.7,
    "choice_1": "D",
    "choice_2": "B",
}
"""Mean squared errors at equal weights, measured with the solution at seed 59, in squared thousands of dollars; and the
right letters."""

_EQUAL_WEIGHTS = "At equal weights the two losses can be compared; on the plot they are one update apart."


def _near(*names: str) -> dict[str, Interval]:
    numbers = {name: float(KEY[name]) for name in names}
    return {name: (value - EVIDENCE_TOLERANCE, value + EVIDENCE_TOLERANCE) for name, value in numbers.items()}


def _check(id: str, title: str, points: int, visibility: Visibility, why: str, expected: Expected) -> Check:
    """A check of the answers that something is expected of."""
    return Check(
        id, "test_vs_train", title, points, visibility, why, reads=tuple(expected), expects=lambda inputs: expected
    )


CHECKS: tuple[Check, ...] = (
    _check(
        "test_vs_train.evidence_readable",
        "All four losses are typed in as numbers, about 500 before and about 100 after training",
        2,
        "public",
        "The questions are about these measurements, so they come first.",
        {
            "train_before": (400.0, 600.0),
            "test_before": (400.0, 600.0),
            "train_after": (50.0, 150.0),
            "test_after": (50.0, 150.0),
        },
    ),
    _check(
        "test_vs_train.evidence_before",
        "The two losses at the initial weights",
        3,
        "hidden",
        _EQUAL_WEIGHTS,
        _near("train_before", "test_before"),
    ),
    _check(
        "test_vs_train.evidence_after",
        "The two losses at the final weights",
        3,
        "hidden",
        _EQUAL_WEIGHTS,
        _near("train_after", "test_after"),
    ),
    _check(
        "test_vs_train.choice_1",
        "Why the test loss starts below the training loss",
        3,
        "hidden",
        "Look at what your four numbers say about equal weights, and at when each loss is recorded.",
        {"choice_1": KEY["choice_1"]},
    ),
    _check(
        "test_vs_train.choice_2",
        "Why the test loss ends above the training loss",
        3,
        "hidden",
        "Look at how the gap at equal weights changes, and at how much each update takes off the losses.",
        {"choice_2": KEY["choice_2"]},
    ),
)


def secrets() -> Iterable[SecretNumber]:
    """The numbers that a student is to measure, or is judged by."""
    for name, value in KEY.items():
        if not isinstance(value, str):
            yield SecretNumber(value, 0.05, DIGITS_OF_EVIDENCE, f"the evidence {name}")
    run = reference_training(FULL_TRAINING)
    for result in (*run.losses, *run.first_gradient.values()):
        yield SecretNumber(abs(result), 0.0, DIGITS_OF_RESULTS, "a result of the training")
