"""The question of the training: its checks, and what is right after each epoch."""

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
"""Enough for every parameter to move three times, at a thirtieth of the cost of the full training."""


# --- what is trained ----------------------------------------------------------------------------------------------


def training_case(*, seed: int, first: int, count: int, epochs: int, learning_rate: float) -> Inputs:
    """A training: ``count`` of the training houses from number ``first`` on, and the seed of the weights."""
    return {
        "seed": seed,
        "layers": LAYERS,
        "first": first,
        "count": count,
        "epochs": epochs,
        "learning_rate": learning_rate,
    }


FULL_TRAINING = training_case(seed=59, first=0, count=404, epochs=10, learning_rate=LEARNING_RATE)
"""The training of the notebook."""


def unseen_training(generator: Random) -> tuple[Inputs, ...]:
    """A seed and a run of houses that no student has seen, at a rate at which no seed diverges within three epochs."""
    seed, first = generator.randrange(10**6), generator.randrange(404 - UNSEEN_HOUSES)
    return (
        training_case(
            seed=seed, first=first, count=UNSEEN_HOUSES, epochs=UNSEEN_EPOCHS, learning_rate=LEARNING_RATE / 10
        ),
    )


def with_houses(case: Inputs) -> Inputs:
    """The inputs of a training with the houses they name: ``x`` (count × 13) and ``y`` (thousands of dollars)."""
    x, y = provided.training_houses(case["first"], case["count"])
    return {**case, "x": x.tolist(), "y": y.tolist()}


# --- what is right ------------------------------------------------------------------------------------------------


def reference_training(case: Inputs) -> Trajectory:
    """The independent computation of a training."""
    return _reference_training(*(case[key] for key in ("seed", "first", "count", "learning_rate", "epochs")))


@lru_cache(maxsize=8)
def _reference_training(seed: int, first: int, count: int, learning_rate: float, epochs: int) -> Trajectory:
    from autograder.autodiff.sealed.numpy_training import trajectory  # here: most are judged before they train

    x, y = provided.training_houses(first, count)
    return trajectory(seed, LAYERS, x, y, learning_rate=learning_rate, epochs=epochs)


def losses_by_epoch(case: Inputs) -> Sequence[Expected]:
    """What is right after each epoch: its loss, to stop a training that has gone another way."""
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
    """The first and the last loss; where training was stopped early, what stood in the way of the last."""
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
"""What training needs of the three operators: so points are multiples of three, one share for each that is right."""
ABOUT: Mapping[str, Interval] = {"first loss": (450.0, 550.0), "last loss": (80.0, 120.0)}
"""From about 500 to about 100."""


def checks(full: Inputs = FULL_TRAINING, about: Mapping[str, Interval] = ABOUT) -> tuple[Check, ...]:
    """The checks of the training ``full``, whose first and last losses are to lie within the intervals ``about``."""

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
