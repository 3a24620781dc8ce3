"""The rubric: 100 points in checks, each a behaviour with its probe, its inputs and the sentence a student reads."""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache
from typing import TYPE_CHECKING, cast

from autograder.autodiff import provided
from autograder.autodiff.probes.operators import OPERATOR_PROBES
from autograder.autodiff.sealed import hidden_inputs as draw
from autograder.autodiff.sealed.criterion import Interval, RubricCheck
from autograder.autodiff.sealed.hidden_inputs import FULL_TRAINING
from autograder.autodiff.sealed.operator_checks import MUL, OPERATORS_WORK, POW, RELU
from autograder.autodiff.sealed.reference_engine import engine
from autograder.vocabulary import Inputs

if TYPE_CHECKING:
    from autograder.autodiff.sealed.numpy_training import Trajectory

EVIDENCE_TOLERANCE = 0.5
"""Accepts numbers that were cut off instead of rounded; the right and the wrong readings lie tens apart."""

Expected = Mapping[str, float | Interval]

EVIDENCE = {"train_before": 497.7, "test_before": 522.5, "train_after": 93.4, "test_after": 106.7}
"""Mean squared errors at equal weights, measured with the solution at seed 59; squared thousands of dollars."""
CHOICES = {"choice_1": "D", "choice_2": "B"}

TRAINING: tuple[RubricCheck, ...] = (
    RubricCheck(
        "training.loss_falls",
        "training",
        "Ten epochs on all training houses bring the loss from about 500 to about 100",
        4,
        "public",
        "This is what the three operators are for.",
        OPERATORS_WORK,
        probe="gradient_descent",
        cases=(FULL_TRAINING,),
        between={"first loss": (450.0, 550.0), "last loss": (80.0, 120.0)},
    ),
    RubricCheck(
        "training.first_gradient",
        "training",
        "The gradient of the first loss is right for every one of the network's parameters",
        5,
        "hidden",
        "A loss can fall with wrong gradients too; only right ones are the slope of the loss.",
        OPERATORS_WORK,
        probe="gradient_descent",
        draw=lambda generator: (FULL_TRAINING,),
    ),
    RubricCheck(
        "training.trajectory",
        "training",
        "All ten losses are those of gradient descent computed independently",
        7,
        "hidden",
        "Ten equal losses mean ten equal updates: your operators are right wherever training used them.",
        OPERATORS_WORK,
        probe="gradient_descent",
        draw=lambda generator: (FULL_TRAINING,),
    ),
    RubricCheck(
        "training.unseen_seed",
        "training",
        "Training follows the independent computation from other initial weights too",
        4,
        "hidden",
        "What works for one seed only is luck.",
        OPERATORS_WORK,
        probe="gradient_descent",
        draw=draw.unseen_training,
    ),
)

TEST_VS_TRAIN: tuple[RubricCheck, ...] = (
    RubricCheck(
        "test_vs_train.evidence_readable",
        "test_vs_train",
        "All four losses are typed in as numbers, about 500 before and about 100 after training",
        2,
        "public",
        "The questions are about these measurements, so they come first.",
        reads=tuple(EVIDENCE),
        between={
            "train_before": (400.0, 600.0),
            "test_before": (400.0, 600.0),
            "train_after": (50.0, 150.0),
            "test_after": (50.0, 150.0),
        },
    ),
    RubricCheck(
        "test_vs_train.evidence_before",
        "test_vs_train",
        "The two losses at the initial weights",
        3,
        "hidden",
        "At equal weights the two losses can be compared; on the plot they are one update apart.",
        reads=("train_before", "test_before"),
    ),
    RubricCheck(
        "test_vs_train.evidence_after",
        "test_vs_train",
        "The two losses at the final weights",
        3,
        "hidden",
        "At equal weights the two losses can be compared; on the plot they are one update apart.",
        reads=("train_after", "test_after"),
    ),
    RubricCheck(
        "test_vs_train.choice_1",
        "test_vs_train",
        "Why the test loss starts below the training loss",
        3,
        "hidden",
        "Look at what your four numbers say about equal weights, and at when each loss is recorded.",
        reads=("choice_1",),
    ),
    RubricCheck(
        "test_vs_train.choice_2",
        "test_vs_train",
        "Why the test loss ends above the training loss",
        3,
        "hidden",
        "Look at which loss the updates are made to lower, and at how much the last updates still change.",
        reads=("choice_2",),
    ),
)

CHECKS: tuple[RubricCheck, ...] = (*MUL, *POW, *RELU, *TRAINING, *TEST_VS_TRAIN)


def expected(check: RubricCheck, inputs: Inputs | None = None) -> Expected:
    """What ``check`` expects to be measured on ``inputs``, by name; an interval means anything from low to high.

    A choice is not a number and has no place here: see ``CHOICES``.
    """
    if check.probe == "gradient_descent" and inputs is not None:
        return check.between or _training_numbers(check, inputs)
    if check.probe and inputs is not None:
        measured = cast("dict[str, float]", OPERATOR_PROBES[check.probe](engine(), inputs))
        return {name: check.between.get(name, number) for name, number in measured.items()}
    if check.between:
        return check.between
    return {name: (EVIDENCE[name] - EVIDENCE_TOLERANCE, EVIDENCE[name] + EVIDENCE_TOLERANCE) for name in check.reads}


def _training_numbers(check: RubricCheck, inputs: Inputs) -> dict[str, float]:
    run = reference_training(
        inputs["seed"], inputs["first"], inputs["count"], inputs["learning_rate"], inputs["epochs"]
    )
    if check.id == "training.first_gradient":
        return run.first_gradient
    return {f"loss of epoch {epoch}": loss for epoch, loss in enumerate(run.losses, start=1)}


def with_houses(case: Inputs) -> Inputs:
    """The inputs of a training with the houses they name: ``x`` (count × 13) and ``y`` (thousands of dollars)."""
    x, y = provided.training_houses(case["first"], case["count"])
    return {**case, "x": x.tolist(), "y": y.tolist()}


@lru_cache(maxsize=8)
def reference_training(seed: int, first: int, count: int, learning_rate: float, epochs: int) -> Trajectory:
    """The independent computation of a training."""
    from autograder.autodiff.sealed.numpy_training import (
        trajectory,  # only here: most submissions are judged before they train
    )

    x, y = provided.training_houses(first, count)
    return trajectory(seed, draw.LAYERS, x, y, learning_rate=learning_rate, epochs=epochs)
