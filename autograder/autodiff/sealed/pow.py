"""The question of the power: its checks, and the inputs of the hidden ones."""

from __future__ import annotations

from itertools import pairwise
from random import Random

from autograder.autodiff.sealed.operands import distinct, upstream
from autograder.autodiff.sealed.operator_checks import (
    ACCUMULATE_WHY,
    CHILDREN_WHY,
    INDEPENDENT_WHY,
    LOCAL_WHY,
    operator_check,
)
from autograder.vocabulary import Check, Inputs


def _powers(generator: Random) -> list[tuple[float, float]]:
    """Return bases and exponents away from kinks and poles. Only whole exponents have negative bases."""
    a, b, c, d, e = (abs(size) for size in distinct(generator, 5))
    even, odd, fraction = generator.choice((4, 6)), generator.choice((3, 5)), generator.uniform(2.1, 2.9)
    reciprocal, root = generator.choice((-1, -3)), generator.choice((-1.5, -2.5))
    return [(a, odd), (-b, even), (-c, reciprocal), (d, fraction), (e, root), (b, 0.5)]


def power_gradients(generator: Random) -> tuple[Inputs, ...]:
    """Return bases with every kind of exponent and upstream gradients.

    Among them are the exponents 0, 1 and -1, a large exponent, bases of zero and a large base.
    """
    a, b = distinct(generator, 2)
    whole = [(-abs(a), 3.0), (-abs(b), generator.choice((-2, -4)))]  # a whole number as a float, and an even one
    zero = [(0.0, 3), (0.0, 1)]
    large = [(generator.uniform(50.0, 90.0), 3.0), (a, generator.choice((9, 11)))]
    special = [*whole, *zero, (a, 1), (b, 0), *large, (b, -1)]
    return tuple({"a": a, "n": n, "upstream": upstream(generator)} for a, n in [*_powers(generator), *special])


def independent_powers(generator: Random) -> tuple[Inputs, ...]:
    """Return the operands of two powers: with different bases, or with the same base in another Value.

    The exponents are those of the public checks, and 1. The check judges only that the two powers are independent.
    """
    a, b, c = (abs(size) for size in distinct(generator, 3))
    powers = [(a, 3), (b, 2), (-a, 2), (c, 3)]
    pairs = [*pairwise(powers), (powers[0], powers[0]), ((a, 1), (b, 2))]
    return tuple(
        {"a": a, "n": n, "b": b, "m": m, "upstream": upstream(generator), "other_upstream": upstream(generator)}
        for (a, n), (b, m) in pairs
    )


def any_powers(generator: Random) -> tuple[Inputs, ...]:
    """Return bases with every kind of exponent for the forward value, also 0 and 1, and a base of zero."""
    a, b, c, d = distinct(generator, 4)
    special = [(-abs(c), 3.0), (abs(d), generator.choice((9, 11))), (generator.uniform(50.0, 90.0), 2)]
    cases = [(a, 0), (b, 1), (-abs(c), 3), (-abs(d), 2), (a, -1), (b, -2), (abs(c), 0.5), (abs(d), -1.5), (0.0, 3)]
    return tuple({"a": base, "n": n} for base, n in [*cases, *special, *_powers(generator)])


def chains(generator: Random) -> tuple[Inputs, ...]:
    """Return the base and both exponents of a power of a power.

    The exponents are whole, negative and fractional, and also 0, 1 and -1, for which code may have branches of its own.
    """
    a, b, c = (abs(size) for size in distinct(generator, 3))
    cases = [
        (-a, 2, 3),
        (-b, 3, -1),
        (c, 0.5, 3),
        (-a, 1, 2),
        (b, 0, 3),
        (-c, -1, 2),
        (a, generator.uniform(1.3, 2.7), 2),
    ]
    return tuple({"a": base, "n": n, "m": m} for base, n, m in cases)


# --- the checks ---------------------------------------------------------------------------------------------------

CHECKS: tuple[Check, ...] = (
    operator_check(
        "pow.forward",
        "A power of a Value holds the right number",
        2,
        "public",
        "The squared error of the network is a power with exponent 2.",
        probe="power_forward",
        cases=({"a": 3.0, "n": 2}, {"a": -2.0, "n": 3}, {"a": 4.0, "n": 0.5}),
    ),
    operator_check(
        "pow.forward_exponents",
        "Powers are right for negative, fractional and zero exponents and negative bases",
        3,
        "hidden",
        "The rule is one formula for every exponent.",
        ("pow.forward",),
        probe="power_forward",
        draw=any_powers,
    ),
    operator_check(
        "pow.node",
        "A power is a new Value with the base as its child, and leaves the base as it was",
        1,
        "public",
        CHILDREN_WHY,
        probe="power_node",
        cases=({"a": 3.0, "n": 2},),
    ),
    operator_check(
        "pow.only_child",
        "A power has no other child than the base",
        1,
        "public",
        "The exponent is a constant: no gradient flows to it.",
        ("pow.node",),
        probe="power_children",
        cases=({"a": 3.0, "n": 2},),
    ),
    operator_check(
        "pow.local_gradient",
        "The base of a power receives the right gradient",
        4,
        "public",
        LOCAL_WHY,
        probe="power_gradient",
        cases=(
            {"a": 3.0, "n": 2, "upstream": 0.5},
            {"a": -2.0, "n": 3, "upstream": -1.5},
            {"a": -0.75, "n": 2, "upstream": 2.0},
            {"a": 3.0, "n": 2, "upstream": -2.0},
        ),
    ),
    operator_check(
        "pow.local_gradient_exponents",
        "The gradient is right for negative, fractional, large and zero exponents",
        4,
        "hidden",
        "A rule that is right for squares only trains this network and fails on the next one.",
        ("pow.local_gradient",),
        probe="power_gradient",
        draw=power_gradients,
    ),
    operator_check(
        "pow.accumulates",
        "A gradient that the base already has is kept",
        2,
        "public",
        ACCUMULATE_WHY,
        ("pow.local_gradient",),
        probe="power_accumulates",
        cases=({"a": 3.0, "n": 3, "a_grad": 10.0, "upstream": 0.5},),
    ),
    operator_check(
        "pow.chained",
        "A power of a power works for every kind of exponent, with the base used twice",
        3,
        "hidden",
        "A gradient must find its way back through several powers, whatever they are, and along every path.",
        ("pow.forward", "pow.node", "pow.accumulates"),
        probe="power_chained",
        draw=chains,
    ),
    operator_check(
        "pow.independent_nodes",
        "Each power keeps its own base and exponent and is computed from the present data",
        1,
        "hidden",
        INDEPENDENT_WHY,
        ("pow.forward", "pow.local_gradient"),
        probe="power_independent",
        draw=independent_powers,
    ),
)
WORKS = ("pow.forward", "pow.local_gradient", "pow.accumulates", "pow.node")
"""Checks that the training needs: the operator's value, graph, local gradient and accumulation."""
LENT = """
def __pow__(self, exponent):
    out = type(self)(self.data**exponent, (self,))

    def _backward():
        self.grad += exponent * self.data ** (exponent - 1) * out.grad

    out._backward = _backward
    return out
"""
"""Source of the course's own method, which replaces a student's wrong one in follow-through."""
