"""The question of the rectifier: its checks, and the inputs of the hidden ones."""

from __future__ import annotations

from itertools import product
from random import Random

from autograder.autodiff.sealed.operands import upstream
from autograder.autodiff.sealed.operator_checks import (
    ACCUMULATE_WHY,
    CHILDREN_WHY,
    INDEPENDENT_WHY,
    LOCAL_WHY,
    operator_check,
)
from autograder.vocabulary import Check, Inputs


def _both_sides(generator: Random) -> list[float]:
    """Return numbers on both sides of zero, from tiny ones to millions, but not zero itself."""
    small = ((2e-10, 9e-10), (2e-6, 9e-6), (0.001, 0.009), (0.05, 0.4), (0.6, 0.95))
    ranges = (*small, (1.2, 6.0), (50.0, 900.0), (2e3, 9e3), (2e6, 9e6))
    return [sign * generator.uniform(low, high) for low, high in ranges for sign in (1, -1)]


def both_sides(generator: Random) -> tuple[Inputs, ...]:
    """Return small and large operands on both sides of zero, with upstream gradients."""
    return tuple({"a": a, "upstream": upstream(generator)} for a in _both_sides(generator))


def independent_rectifiers(generator: Random) -> tuple[Inputs, ...]:
    """Return the operands of two relus, different ones or the same number in another Value, and upstream gradients.

    They are as large as those of the public checks. The check judges only that the two relus are independent.
    """
    values = [sign * generator.uniform(1.2, 2.9) for sign in (1, -1, 1, -1)]
    pairs = [*product(values, values[2:]), (values[0], values[0])]
    return tuple(
        {"a": a, "b": b, "upstream": upstream(generator), "other_upstream": upstream(generator)} for a, b in pairs
    )


def shared_rectifiers(generator: Random) -> tuple[Inputs, ...]:
    """Return numbers a and b so that the signs of a and of a + b occur in all four combinations."""
    low, high = generator.uniform(1.2, 1.6), generator.uniform(3.2, 4.2)
    return tuple({"a": a, "b": b} for a, b in ((low, high), (low, -high), (-low, high), (-low, -high)))


# --- the checks ---------------------------------------------------------------------------------------------------

CHECKS: tuple[Check, ...] = (
    operator_check(
        "relu.forward",
        "relu of a Value holds the right number on both sides of 0, and at 0",
        2,
        "public",
        "Without this kink the layers of the network would collapse into a single linear map.",
        probe="relu_forward",
        cases=({"a": 3.0}, {"a": -4.0}, {"a": 0.0}, {"a": 0.25}),
    ),
    operator_check(
        "relu.forward_range",
        "relu is right for small and large data on both sides of 0",
        2,
        "hidden",
        "The sums in the network run from hundredths to hundreds.",
        probe="relu_forward",
        draw=both_sides,
    ),
    operator_check(
        "relu.node",
        "relu makes a new Value with its operand as a child, and leaves the operand as it was",
        2,
        "public",
        CHILDREN_WHY,
        probe="relu_node",
        cases=({"a": 3.0}, {"a": -4.0}),
    ),
    operator_check(
        "relu.local_gradient",
        "The operand of relu receives the right gradient on both sides of 0",
        3,
        "public",
        LOCAL_WHY,
        probe="relu_gradient",
        cases=(
            {"a": 3.0, "upstream": 0.5},
            {"a": -4.0, "upstream": 0.5},
            {"a": 2.0, "upstream": -1.5},
            {"a": 3.0, "upstream": -1.5},
        ),
    ),
    operator_check(
        "relu.local_gradient_range",
        "The gradient is right for small and large data, whichever sign the gradient has that arrives",
        3,
        "hidden",
        "The data and the gradients in a network are of every size and of either sign.",
        ("relu.local_gradient",),
        probe="relu_gradient",
        draw=both_sides,
    ),
    operator_check(
        "relu.at_zero",
        "At exactly 0, the kink, the gradient is one of those that are right there",
        1,
        "public",
        "A kink has more than one slope; the notebook says which one the course takes.",
        ("relu.local_gradient",),
        probe="relu_gradient",
        cases=({"a": 0.0, "upstream": 2.0},),
        between={"a.grad": (0.0, 2.0)},
    ),
    operator_check(
        "relu.accumulates",
        "A gradient that the operand already has is kept",
        2,
        "public",
        ACCUMULATE_WHY,
        ("relu.local_gradient",),
        probe="relu_accumulates",
        cases=({"a": 3.0, "a_grad": 10.0, "upstream": -1.5}, {"a": -4.0, "a_grad": 10.0, "upstream": 0.5}),
    ),
    operator_check(
        "relu.used_twice",
        "A node with two relus, each used twice, receives the right gradient",
        2,
        "hidden",
        ACCUMULATE_WHY,
        ("relu.node", "relu.accumulates"),
        probe="relu_used_twice",
        draw=shared_rectifiers,
    ),
    operator_check(
        "relu.independent_nodes",
        "Each relu keeps its own operand and is computed from its present data",
        1,
        "hidden",
        INDEPENDENT_WHY,
        ("relu.forward", "relu.local_gradient"),
        probe="relu_independent",
        draw=independent_rectifiers,
    ),
)
WORKS = ("relu.forward", "relu.local_gradient", "relu.accumulates", "relu.node")
"""Checks that the training needs: the operator's value, graph, local gradient and accumulation."""
LENT = """
def relu(self):
    out = type(self)(self.data if self.data > 0 else 0.0, (self,))

    def _backward():
        self.grad += out.grad if self.data > 0 else 0.0

    out._backward = _backward
    return out
"""
"""Source of the course's own method, which replaces a student's wrong one in follow-through."""
