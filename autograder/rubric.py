"""The rubric: 100 points in checks, each a behaviour with its probe, its inputs and the sentence a student reads."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from random import Random
from typing import cast

from autograder import inputs as draw
from autograder import provided
from autograder.inputs import FULL_TRAINING, Draw
from autograder.probes import OPERATOR_PROBES
from autograder.records import Check, Inputs
from autograder.reference import Trajectory, engine, trajectory

EVIDENCE_TOLERANCE = 0.5
"""Accepts numbers that were cut off instead of rounded; the right and the wrong readings lie tens apart."""

Interval = tuple[float, float]
Expected = Mapping[str, float | Interval]

EVIDENCE = {"train_before": 497.7, "test_before": 522.5, "train_after": 93.4, "test_after": 106.7}
"""Mean squared errors at equal weights, measured with the solution at seed 59; squared thousands of dollars."""
CHOICES = {"choice_1": "D", "choice_2": "B"}


@dataclass(frozen=True)
class RubricCheck(Check):
    """A check together with how it is run.

    ``probe`` names the probe; empty for what is read from the submission as literals (``reads`` names it). ``cases``
    are the fixed inputs of a public check, ``draw`` makes those of a hidden one. ``between`` holds inclusive intervals
    for numbers with more than one right answer.
    """

    probe: str = ""
    cases: tuple[Inputs, ...] = ()
    draw: Draw | None = None
    between: Mapping[str, Interval] = field(default_factory=dict)
    reads: tuple[str, ...] = ()

    def inputs(self, generator: Random) -> tuple[Inputs, ...]:
        """The inputs to run the probe on; ``generator`` decides those of a hidden check."""
        return self.draw(generator) if self.draw else self.cases


_MUL_LOCAL = ("mul.forward", "mul.local_gradients", "mul.accumulates")
_POW_LOCAL = ("pow.forward", "pow.local_gradient", "pow.accumulates")
_RELU_LOCAL = ("relu.forward", "relu.local_gradient", "relu.accumulates")
_OPERATORS_WORK = (*_MUL_LOCAL, "mul.children", *_POW_LOCAL, "pow.node", *_RELU_LOCAL, "relu.node")

_LOCAL_WHY = "Backpropagation is nothing but these local gradients, each times the gradient that arrives at out."
_ACCUMULATE_WHY = "A value that is used several times receives several contributions; its gradient is their sum."
_CHILDREN_WHY = "backward() finds the graph through the children; a node it cannot find never gets its gradient."
_INDEPENDENT_WHY = "A network makes thousands of nodes before any gradient flows; each must remember its own operands."

MUL: tuple[RubricCheck, ...] = (
    RubricCheck(
        "mul.forward",
        "mul",
        "The product of two Values holds the product of their data",
        2,
        "public",
        "Everything later is computed from these values.",
        probe="product_forward",
        cases=({"a": 3.0, "b": -4.0}, {"a": -2.5, "b": -1.5}, {"a": 0.0, "b": 7.0}),
    ),
    RubricCheck(
        "mul.forward_numbers",
        "mul",
        "A Value can be multiplied by a plain number, from either side",
        3,
        "public",
        "A network multiplies its weights by plain numbers, the features of a house.",
        probe="product_with_number",
        cases=({"a": 3.0, "b": 4}, {"a": -1.5, "b": 2.5}, {"a": 2.0, "b": 0}),
    ),
    RubricCheck(
        "mul.forward_range",
        "mul",
        "Products are right for negative, zero, small and large operands",
        2,
        "hidden",
        "The features of the houses run from 0 to several hundred.",
        probe="product_forward",
        draw=draw.wide_products,
    ),
    RubricCheck(
        "mul.node",
        "mul",
        "A product is a new Value and leaves its operands as they were",
        2,
        "public",
        "If an operand changed, every other expression that uses it would change with it.",
        probe="product_node",
        cases=({"a": 3.0, "b": -4.0},),
    ),
    RubricCheck(
        "mul.children",
        "mul",
        "A product records both operands as its children",
        3,
        "public",
        _CHILDREN_WHY,
        probe="product_children",
        cases=({"a": 3.0, "b": -4.0},),
    ),
    RubricCheck(
        "mul.local_gradients",
        "mul",
        "Each operand receives the other operand times the upstream gradient",
        4,
        "public",
        _LOCAL_WHY,
        probe="product_gradients",
        cases=({"a": 3.0, "b": -4.0, "upstream": 0.5}, {"a": -1.5, "b": 2.5, "upstream": -2.0}),
    ),
    RubricCheck(
        "mul.local_gradients_range",
        "mul",
        "The local gradients are right for operands you have not seen",
        2,
        "hidden",
        _LOCAL_WHY,
        probe="product_gradients",
        draw=draw.products(),
    ),
    RubricCheck(
        "mul.gradient_with_number",
        "mul",
        "A Value multiplied by a plain number receives that number times the upstream gradient",
        1,
        "hidden",
        "The gradient of a weight is the feature it was multiplied by, times the gradient that arrives.",
        probe="product_gradient_with_number",
        draw=draw.products(),
    ),
    RubricCheck(
        "mul.accumulates",
        "mul",
        "The gradient is added to what the operand already has",
        3,
        "public",
        _ACCUMULATE_WHY,
        probe="product_accumulates",
        cases=({"a": 3.0, "b": -4.0, "a_grad": 10.0, "b_grad": -20.0, "upstream": 0.5},),
    ),
    RubricCheck(
        "mul.square",
        "mul",
        "x * x gives x both contributions",
        2,
        "hidden",
        "The same node stands on both sides here, so its gradient is the sum of two equal parts.",
        ("mul.local_gradients", "mul.accumulates"),
        probe="product_square",
        draw=draw.products(),
    ),
    RubricCheck(
        "mul.shared_graph",
        "mul",
        "Products work inside a larger graph that uses a node several times",
        2,
        "hidden",
        "In a network every activation is used by all units of the next layer.",
        ("mul.children", "mul.local_gradients", "mul.accumulates"),
        probe="product_shared",
        draw=draw.products(count=3),
    ),
    RubricCheck(
        "mul.independent_nodes",
        "mul",
        "Two products made one after the other keep their own operands",
        1,
        "hidden",
        _INDEPENDENT_WHY,
        ("mul.local_gradients",),
        probe="product_independent",
        draw=draw.products("other_upstream", count=4),
    ),
)

POW: tuple[RubricCheck, ...] = (
    RubricCheck(
        "pow.forward",
        "pow",
        "A power of a Value holds that power of its data",
        2,
        "public",
        "The squared error of the network is a power with exponent 2.",
        probe="power_forward",
        cases=({"a": 3.0, "n": 2}, {"a": -2.0, "n": 3}, {"a": 4.0, "n": 0.5}),
    ),
    RubricCheck(
        "pow.forward_exponents",
        "pow",
        "Powers are right for negative, fractional and zero exponents and negative bases",
        3,
        "hidden",
        "The rule is one formula for every exponent.",
        probe="power_forward",
        draw=draw.any_powers,
    ),
    RubricCheck(
        "pow.node",
        "pow",
        "A power is a new Value whose only child is the base, and leaves the base as it was",
        2,
        "public",
        "The exponent is a constant: no gradient flows to it. " + _CHILDREN_WHY,
        probe="power_node",
        cases=({"a": 3.0, "n": 2},),
    ),
    RubricCheck(
        "pow.local_gradient",
        "pow",
        "The base receives n * a ** (n - 1) times the upstream gradient",
        4,
        "public",
        _LOCAL_WHY,
        probe="power_gradient",
        cases=({"a": 3.0, "n": 2, "upstream": 0.5}, {"a": -2.0, "n": 3, "upstream": -1.5}),
    ),
    RubricCheck(
        "pow.local_gradient_exponents",
        "pow",
        "The local gradient is right for negative and fractional exponents",
        4,
        "hidden",
        "A rule that is right for squares only trains this network and fails on the next one.",
        probe="power_gradient",
        draw=draw.powers(),
    ),
    RubricCheck(
        "pow.accumulates",
        "pow",
        "The gradient is added to what the base already has",
        2,
        "public",
        _ACCUMULATE_WHY,
        probe="power_accumulates",
        cases=({"a": 3.0, "n": 3, "a_grad": 10.0, "upstream": 0.5},),
    ),
    RubricCheck(
        "pow.chained",
        "pow",
        "A power of a power works, with the inner one used twice",
        3,
        "hidden",
        "The chain rule multiplies the two local gradients; the second use adds its own part.",
        ("pow.node", "pow.local_gradient", "pow.accumulates"),
        probe="power_chained",
        draw=draw.chains,
    ),
    RubricCheck(
        "pow.independent_nodes",
        "pow",
        "Two powers made one after the other keep their own base and exponent",
        1,
        "hidden",
        _INDEPENDENT_WHY,
        ("pow.local_gradient",),
        probe="power_independent",
        draw=draw.powers("other_upstream", pair=True),
    ),
)

RELU: tuple[RubricCheck, ...] = (
    RubricCheck(
        "relu.forward",
        "relu",
        "relu keeps positive data and turns the rest into 0",
        2,
        "public",
        "Without this kink the layers of the network would collapse into a single linear map.",
        probe="relu_forward",
        cases=({"a": 3.0}, {"a": -4.0}, {"a": 0.0}, {"a": 0.25}),
    ),
    RubricCheck(
        "relu.forward_range",
        "relu",
        "relu is right for small and large data on both sides of 0",
        2,
        "hidden",
        "The sums in the network run from hundredths to hundreds.",
        probe="relu_forward",
        draw=draw.both_sides(),
    ),
    RubricCheck(
        "relu.node",
        "relu",
        "relu makes a new Value whose only child is its operand, and leaves the operand as it was",
        2,
        "public",
        _CHILDREN_WHY,
        probe="relu_node",
        cases=({"a": 3.0}, {"a": -4.0}),
    ),
    RubricCheck(
        "relu.local_gradient",
        "relu",
        "The upstream gradient passes where the data is positive and stops where it is negative",
        3,
        "public",
        _LOCAL_WHY,
        probe="relu_gradient",
        cases=({"a": 3.0, "upstream": 0.5}, {"a": -4.0, "upstream": 0.5}, {"a": 2.0, "upstream": -1.5}),
    ),
    RubricCheck(
        "relu.local_gradient_range",
        "relu",
        "The local gradient is right for small and large data and for gradients of either sign",
        3,
        "hidden",
        "What decides is the sign of the data, not its size and not the gradient that arrives.",
        probe="relu_gradient",
        draw=draw.both_sides(),
    ),
    RubricCheck(
        "relu.at_zero",
        "relu",
        "At exactly 0 the gradient is a subgradient: between 0 and the upstream gradient",
        1,
        "public",
        "At the kink every slope between 0 and 1 is a valid choice; the course takes 0.",
        ("relu.local_gradient",),
        probe="relu_gradient",
        cases=({"a": 0.0, "upstream": 2.0},),
        between={"a.grad": (0.0, 2.0)},
    ),
    RubricCheck(
        "relu.accumulates",
        "relu",
        "The gradient is added to what the operand already has",
        2,
        "public",
        _ACCUMULATE_WHY,
        probe="relu_accumulates",
        cases=({"a": 3.0, "a_grad": 10.0, "upstream": 0.5}, {"a": -4.0, "a_grad": 10.0, "upstream": 0.5}),
    ),
    RubricCheck(
        "relu.used_twice",
        "relu",
        "A node whose relu is used twice receives both contributions",
        2,
        "hidden",
        _ACCUMULATE_WHY,
        ("relu.node", "relu.local_gradient", "relu.accumulates"),
        probe="relu_used_twice",
        draw=draw.shared_rectifiers,
    ),
    RubricCheck(
        "relu.independent_nodes",
        "relu",
        "Two relus made one after the other keep their own operands",
        1,
        "hidden",
        _INDEPENDENT_WHY,
        ("relu.local_gradient",),
        probe="relu_independent",
        draw=draw.both_sides("other_upstream", pair=True),
    ),
)

TRAINING: tuple[RubricCheck, ...] = (
    RubricCheck(
        "training.loss_falls",
        "training",
        "Ten epochs on all training houses bring the loss from about 500 to about 100",
        4,
        "public",
        "This is what the three operators are for.",
        _OPERATORS_WORK,
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
        _OPERATORS_WORK,
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
        _OPERATORS_WORK,
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
        _OPERATORS_WORK,
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
    x, y = provided.training_houses(first, count)
    return trajectory(seed, draw.LAYERS, x, y, learning_rate=learning_rate, epochs=epochs)
