"""The questions on test and training loss: the key, and the checks of what students type."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from autograder.autodiff.sealed.training import FULL_TRAINING, reference_training
from autograder.vocabulary import Check, Expected, Interval, SecretNumber, Visibility

EVIDENCE_TOLERANCE = 0.5
"""Tolerance of the evidence numbers. It accepts a number that is cut off; wrong readings are off by tens."""
DIGITS_OF_EVIDENCE, DIGITS_OF_RESULTS = 3, 5
"""Numbers of significant digits from which a number in a release counts as evidence, or as a result of the training.

The training has 271 results.
"""

KEY: Mapping[str, float | str] = {
    "train_before": 497.7,
    "test_before": 522.5,
    "train_after": 93.4,
    "test_after": 106.7,
    "choice_1": "D",
    "choice_2": "B",
}
"""Right typed answers.

The numbers are mean squared errors at equal weights, measured with the solution at seed 59, in squared thousands of
dollars.
"""

_EQUAL_WEIGHTS = "At equal weights the two losses can be compared; on the plot they are one update apart."


def _near(*names: str) -> dict[str, Interval]:
    numbers = {name: float(KEY[name]) for name in names}
    return {name: (value - EVIDENCE_TOLERANCE, value + EVIDENCE_TOLERANCE) for name, value in numbers.items()}


def _check(id: str, title: str, points: int, visibility: Visibility, why: str, expected: Expected) -> Check:
    """Return a check of the typed answers that ``expected`` names."""
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
    """Yield the numbers that a student must measure, and those that the training is judged by."""
    for name, value in KEY.items():
        if not isinstance(value, str):
            yield SecretNumber(value, 0.05, DIGITS_OF_EVIDENCE, f"the evidence {name}")
    run = reference_training(FULL_TRAINING)
    for result in (*run.losses, *run.first_gradient.values()):
        yield SecretNumber(abs(result), 0.0, DIGITS_OF_RESULTS, "a result of the training")
