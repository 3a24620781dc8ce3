"""The question of the power: its checks, the inputs of the hidden ones, and what learners get wrong about it."""

from __future__ import annotations

from dataclasses import replace
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
from autograder.autodiff.sealed.operator_faults import changed, forward, in_any_operator, local
from autograder.autodiff.sealed.reference_engine import Fault, Step
from autograder.vocabulary import Check, Inputs


def _powers(generator: Random) -> list[tuple[float, float]]:
    """Bases and exponents away from kinks and poles: whole exponents on both signs, others on positive bases."""
    a, b, c, d, e = (abs(size) for size in distinct(generator, 5))
    even, odd, fraction = generator.choice((4, 6)), generator.choice((3, 5)), generator.uniform(2.1, 2.9)
    reciprocal, root = generator.choice((-1, -3)), generator.choice((-1.5, -2.5))
    return [(a, odd), (-b, even), (-c, reciprocal), (d, fraction), (e, root), (b, 0.5)]


def power_gradients(generator: Random) -> tuple[Inputs, ...]:
    """Every kind of exponent, 0, 1 and a large one among them, bases of zero and a large one."""
    a, b = distinct(generator, 2)
    whole = [(-abs(a), 3.0), (-abs(b), generator.choice((-2, -4)))]  # a float that is whole, and an even one
    zero = [(0.0, 3), (0.0, 1)]
    special = [*whole, *zero, (a, 1), (b, 0), (generator.uniform(50.0, 90.0), 3.0), (a, generator.choice((9, 11)))]
    return tuple({"a": a, "n": n, "upstream": upstream(generator)} for a, n in [*_powers(generator), *special])


def independent_powers(generator: Random) -> tuple[Inputs, ...]:
    """Two powers: of different bases, and of the same base and exponent held by another Value; exponent 1 too."""
    powers = _powers(generator)
    pairs = [*pairwise(powers), (powers[0], powers[0]), ((powers[0][0], 1), powers[1])]
    return tuple(
        {"a": a, "n": n, "b": b, "m": m, "upstream": upstream(generator), "other_upstream": upstream(generator)}
        for (a, n), (b, m) in pairs
    )


def any_powers(generator: Random) -> tuple[Inputs, ...]:
    """Forward only: every exponent of the rubric, zero and one among them, and a base of zero."""
    a, b, c, d = distinct(generator, 4)
    special = [(-abs(c), 3.0), (abs(d), generator.choice((9, 11))), (generator.uniform(50.0, 90.0), 2)]
    cases = [(a, 0), (b, 1), (-abs(c), 3), (-abs(d), 2), (a, -1), (b, -2), (abs(c), 0.5), (abs(d), -1.5), (0.0, 3)]
    return tuple({"a": base, "n": n} for base, n in [*cases, *special, *_powers(generator)])


def chains(generator: Random) -> tuple[Inputs, ...]:
    """A power of a power: whole, negative and fractional exponents, and those that are easily cases of their own."""
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
        cases=({"a": 3.0, "n": 2, "upstream": 0.5}, {"a": -2.0, "n": 3, "upstream": -1.5}),
    ),
    operator_check(
        "pow.local_gradient_exponents",
        "The gradient is right for negative, fractional, large and zero exponents",
        4,
        "hidden",
        "A rule that is right for squares only trains this network and fails on the next one.",
        probe="power_gradient",
        draw=power_gradients,
    ),
    operator_check(
        "pow.accumulates",
        "A gradient that the base already has is kept",
        2,
        "public",
        ACCUMULATE_WHY,
        probe="power_accumulates",
        cases=({"a": 3.0, "n": 3, "a_grad": 10.0, "upstream": 0.5},),
    ),
    operator_check(
        "pow.chained",
        "A power of a power works, with the base used twice",
        3,
        "hidden",
        "A gradient must find its way back through several powers, and along every path.",
        ("pow.node", "pow.local_gradient", "pow.accumulates"),
        probe="power_chained",
        draw=chains,
    ),
    operator_check(
        "pow.independent_nodes",
        "Each power keeps its own base and exponent and is computed from the present data",
        1,
        "hidden",
        INDEPENDENT_WHY,
        ("pow.local_gradient",),
        probe="power_independent",
        draw=independent_powers,
    ),
)
WORKS = ("pow.forward", "pow.local_gradient", "pow.accumulates", "pow.node")
"""What training needs: the operator's value, graph, local gradient and accumulation."""


# --- what learners get wrong --------------------------------------------------------------------------------------


def _missing_brackets(a: float, n: float) -> Step:
    """``n * a ** n - 1 * upstream``: without brackets the 1 is not taken from the exponent."""
    step = Step(a**n, ((0, n * a**n),), (0,))
    return replace(step, contribution=lambda upstream, local: local - upstream)


FAULTS: tuple[Fault, ...] = (
    *in_any_operator("pow", "__pow__"),
    Fault(
        "pow.no_factor",
        "pow",
        local("pow", lambda a, n: (a ** (n - 1),)),
        hint=(
            "The factor in front is missing from the gradient of your power. What happens to the exponent when x ** 3 "
            "is differentiated? It appears in two places."
        ),
    ),
    Fault(
        "pow.exponent_not_lowered",
        "pow",
        local("pow", lambda a, n: (n * a**n,)),
        hint=(
            "The exponent in the gradient of your power is the old one. What happens to the exponent when x ** 3 is "
            "differentiated?"
        ),
    ),
    Fault(
        "pow.only_squares",
        "pow",
        local("pow", lambda a, n: (2 * a,)),
        hint="The gradient of your power is right for squares only. Which part of 2 * x came from the exponent?",
    ),
    Fault(
        "pow.always_squares",
        "pow",
        lambda a, n: Step(a * a, ((0, 2 * a),), (0,)),
        hint="__pow__ squares the base whatever the exponent is. Where does the exponent come in?",
    ),
    Fault(
        "pow.factor_lowered_too",
        "pow",
        local("pow", lambda a, n: ((n - 1) * a ** (n - 1),)),
        hint=(
            "The factor in front of your gradient is one too small. Differentiate x ** 3 on paper: which number comes "
            "down?"
        ),
    ),
    Fault(
        "pow.exponent_raised",
        "pow",
        local("pow", lambda a, n: (n * a ** (n + 1),)),
        hint=(
            "The exponent in the gradient of your power went up. It does so when x ** 3 is integrated; what happens "
            "when it is differentiated?"
        ),
    ),
    Fault(
        "pow.multiplies_instead",
        "pow",
        local("pow", lambda a, n: (n * a * (n - 1),)),
        hint=(
            "The gradient of your power multiplies by n - 1 where it should raise to a power. Is there a `*` where "
            "`**` was meant?"
        ),
    ),
    Fault(
        "pow.missing_brackets",
        "pow",
        _missing_brackets,
        hint=(
            "Python raises to a power first, then multiplies, then subtracts. Does your gradient subtract the 1 from "
            "the exponent, or from everything before it?"
        ),
    ),
    Fault(
        "pow.subtracts_one",
        "pow",
        local("pow", lambda a, n: (n * a**n - 1,)),
        hint=(
            "Python raises to a power before it subtracts. Does your gradient subtract the 1 from the exponent, or "
            "from the power?"
        ),
    ),
    Fault(
        "pow.exponent_is_child",
        "pow",
        changed("pow", extra_child=True),
        hint="out seems to record the exponent as a child too. The exponent is a constant: no gradient flows to it.",
    ),
    Fault(
        "pow.multiplies",
        "pow",
        forward("pow", lambda a, n: a * n),
        hint="__pow__ multiplies by the exponent instead of raising to it. Is there a `*` where `**` was meant?",
    ),
)
