"""The question of the training: its checks, and the right numbers after each epoch."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import lru_cache
from random import Random
from typing import TYPE_CHECKING

from autograder.autodiff import provided
from autograder.autodiff.sealed import mul, pow, relu
from autograder.vocabulary import Check, Draw, Expected, Inputs, Interval, Observation, Visibility

if TYPE_CHECKING:
    from autograder.autodiff.sealed.numpy_training import Trajectory

LAYERS = ((13, 10, True), (10, 10, True), (10, 1, False))
LEARNING_RATE = 1e-4
UNSEEN_HOUSES, UNSEEN_EPOCHS = 40, 3
"""Numbers of houses and epochs in the hidden training.

Every parameter moves three times, at a thirtieth of the cost of the full training.
"""


# --- what is trained ----------------------------------------------------------------------------------------------


def training_case(*, seed: int, first: int, count: int, epochs: int, learning_rate: float) -> Inputs:
    """Return the inputs of a training on ``count`` training houses from number ``first`` on.

    ``seed`` is the seed of the weights.
    """
    return {
        "seed": seed,
        "layers": LAYERS,
        "first": first,
        "count": count,
        "epochs": epochs,
        "learning_rate": learning_rate,
    }


FULL_TRAINING = training_case(seed=59, first=0, count=404, epochs=10, learning_rate=LEARNING_RATE)
"""Inputs of the training in the notebook."""


def unseen_training(generator: Random) -> tuple[Inputs, ...]:
    """Return a training with a seed and houses that no student has seen.

    Its learning rate is so small that no seed diverges within three epochs.
    """
    seed, first = generator.randrange(10**6), generator.randrange(404 - UNSEEN_HOUSES)
    return (
        training_case(
            seed=seed, first=first, count=UNSEEN_HOUSES, epochs=UNSEEN_EPOCHS, learning_rate=LEARNING_RATE / 10
        ),
    )


def with_houses(case: Inputs) -> Inputs:
    """Return the inputs of a training together with the data of its houses.

    ``x`` is the features (count × 13), and ``y`` the prices in thousands of dollars.
    """
    x, y = provided.training_houses(case["first"], case["count"])
    return {**case, "x": x.tolist(), "y": y.tolist()}


# --- the right numbers --------------------------------------------------------------------------------------------


def reference_training(case: Inputs) -> Trajectory:
    """Compute a training independently of all student code."""
    return _reference_training(*(case[key] for key in ("seed", "first", "count", "learning_rate", "epochs")))


@lru_cache(maxsize=8)
def _reference_training(seed: int, first: int, count: int, learning_rate: float, epochs: int) -> Trajectory:
    from autograder.autodiff.sealed.numpy_training import trajectory  # late, because most submissions never train

    x, y = provided.training_houses(first, count)
    return trajectory(seed, LAYERS, x, y, learning_rate=learning_rate, epochs=epochs)


def shortcuts(probe: str, case: Inputs) -> tuple[str, ...]:
    """Return the quicker probes for a training, the quickest first.

    The hidden training is never run in batches, so that the student's operators meet single numbers in it.
    """
    if probe != "gradient_descent":
        return ()
    taped = "gradient_descent_on_tape"
    return (taped,) if case["count"] == UNSEEN_HOUSES else ("gradient_descent_in_batches", taped)


def losses_by_epoch(case: Inputs) -> Sequence[Expected]:
    """Return the right loss of each epoch. A training with another loss is stopped."""
    return [{"loss": loss} for loss in reference_training(case).losses]


def _first_gradient(case: Inputs) -> Expected:
    return reference_training(case).first_gradient


def _all_losses(case: Inputs) -> Expected:
    return _named(reference_training(case).losses)


def _named(losses: Sequence[float | int | str]) -> dict[str, float | int | str]:
    return {f"loss of epoch {epoch}": loss for epoch, loss in enumerate(losses, start=1)}


# --- what a check sees of a training ------------------------------------------------------------------------------


def _sees_first(observed: Sequence[Observation], epochs: int) -> Observation:
    return observed[0]


def _sees_losses(observed: Sequence[Observation], epochs: int) -> Observation:
    if observed[-1].status != "returned":
        return observed[-1]
    return Observation("returned", _named([one.values.get("loss", "missing") for one in observed]))


def _sees_ends(observed: Sequence[Observation], epochs: int) -> Observation:
    """Return the first and the last loss. If the training was stopped early, say so in place of the last loss."""
    losses = _sees_losses(observed, epochs)
    if losses.status != "returned":
        return losses
    values = list(losses.values.values())
    first, last = values[0], values[-1]
    if len(observed) < epochs:
        last = f"unknown: stopped after epoch {len(observed)}, whose loss is not that of gradient descent"
    return Observation("returned", {"first loss": first, "last loss": last})


# --- the checks ---------------------------------------------------------------------------------------------------

OPERATORS_WORK = (*mul.WORKS, *pow.WORKS, *relu.WORKS)
"""Checks of the three operators that the training needs.

The points of its checks are multiples of three, because each operator that is right earns a third.
"""
ABOUT: Mapping[str, Interval] = {"first loss": (450.0, 550.0), "last loss": (80.0, 120.0)}
"""Intervals of the first and the last loss: about 500 and about 100."""


def checks(full: Inputs = FULL_TRAINING, about: Mapping[str, Interval] = ABOUT) -> tuple[Check, ...]:
    """Return the checks of the training ``full``. Its first and last loss must be in the intervals ``about``."""

    def check(
        id: str, title: str, points: int, visibility: Visibility, why: str, *, draw: Draw | None = None, **how: object
    ) -> Check:
        cases = () if draw else (full,)
        return Check(
            id,
            "training",
            title,
            points,
            visibility,
            why,
            OPERATORS_WORK,
            probe="gradient_descent",
            cases=cases,
            draw=draw,
            **how,  # type: ignore[arg-type]  # ``expects`` and ``sees``
        )

    return (
        check(
            "training.loss_falls",
            "Ten epochs on all training houses bring the loss from about 500 to about 100",
            3,
            "public",
            "This is what the three operators are for.",
            expects=lambda case: about,
            sees=_sees_ends,
        ),
        check(
            "training.first_gradient",
            "The gradient of the first loss is right for every one of the network's parameters",
            6,
            "hidden",
            "A loss can fall with wrong gradients too; only right ones are the slope of the loss.",
            expects=_first_gradient,
            sees=_sees_first,
        ),
        check(
            "training.trajectory",
            "All ten losses are those of gradient descent computed independently",
            9,
            "hidden",
            "Ten equal losses mean ten equal updates: your operators are right wherever training used them.",
            expects=_all_losses,
            sees=_sees_losses,
        ),
        check(
            "training.unseen_seed",
            "Training follows the independent computation from other initial weights too",
            3,
            "hidden",
            "What works for one seed only is luck.",
            draw=unseen_training,
            expects=_all_losses,
            sees=_sees_losses,
        ),
    )


CHECKS = checks()
