"""The inputs of hidden checks, drawn for each submission.

Operands are distinct and not of size 1, upstream gradients are not 1, gradients before the step are not 0, and nothing
lies on a kink or a pole unless that is what the check is about.
"""

from __future__ import annotations

from collections.abc import Callable
from itertools import pairwise
from random import Random

from autograder.vocabulary import Inputs

Draw = Callable[[Random], tuple[Inputs, ...]]


def _sign(generator: Random) -> float:
    return generator.choice((-1.0, 1.0))


def _distinct(generator: Random, count: int) -> list[float]:
    """``count`` operands from 1.3 on, at least one negative, whose sizes differ pairwise by more than any tolerance."""
    sizes = [1.3 + 0.9 * k + generator.uniform(0.0, 0.7) for k in range(count)]
    operands = [-sizes[0], *(_sign(generator) * size for size in sizes[1:])]
    generator.shuffle(operands)
    return operands


def _upstream(generator: Random) -> float:
    return _sign(generator) * generator.choice((generator.uniform(0.2, 0.8), generator.uniform(1.3, 3.0)))


# --- products -----------------------------------------------------------------------------------------------------


def _products(generator: Random, names: str, *gradients: str) -> dict[str, float]:
    operands = dict(zip(names, _distinct(generator, len(names)), strict=True))
    return operands | {name: _upstream(generator) for name in ("upstream", *gradients)}


def products(generator: Random) -> tuple[Inputs, ...]:
    """Operands a and b, and the upstream gradient; either operand with both signs."""
    cases = [_products(generator, "ab") for _ in range(3)]
    return *cases, {name: -number for name, number in cases[0].items()}


def products_with_numbers(generator: Random) -> tuple[Inputs, ...]:
    """The same with numbers b for which it is tempting to take a short cut: 0, 1 and -1."""
    cases = [_products(generator, "ab", "a_grad") for _ in range(3)]
    return *cases, *({**cases[0], "b": number} for number in (0, 1, -1))


def squares(generator: Random) -> tuple[Inputs, ...]:
    """An operand a of either sign, and the gradient that it has already."""
    cases = [_products(generator, "a", "a_grad") for _ in range(3)]
    return *cases, {name: -number for name, number in cases[0].items()}


def shared_products(generator: Random) -> tuple[Inputs, ...]:
    """Operands a, b and c of a graph."""
    return tuple(_products(generator, "abc") for _ in range(3))


def independent_products(generator: Random) -> tuple[Inputs, ...]:
    """Two products: of four different numbers, and of the same two numbers held by other Values; of either sign."""
    different = _products(generator, "abcd", "other_upstream")
    return different, different | {"a": -different["a"]}, different | {"c": different["a"], "d": different["b"]}


def wide_products(generator: Random) -> tuple[Inputs, ...]:
    """Both signs, zero on either side, small and large, and two operands of the same size."""
    a, b, c, d = _distinct(generator, 4)
    small, large, huge = generator.uniform(0.0004, 0.0009), generator.uniform(1e3, 1e4), generator.uniform(1e7, 1e8)
    pairs = [(a, b), (-a, b), (a, -b), (-abs(c), -abs(d)), (0.0, a), (b, 0.0), (small, -large), (large, large + d)]
    return tuple({"a": x, "b": y} for x, y in [*pairs, (small, small / c), (d, d), (c, huge)])


def wide_gradients(generator: Random) -> tuple[Inputs, ...]:
    """The same operands with upstream gradients."""
    return tuple({**operands, "upstream": _upstream(generator)} for operands in wide_products(generator))


# --- powers -------------------------------------------------------------------------------------------------------


def _powers(generator: Random) -> list[tuple[float, float]]:
    """Bases and exponents away from kinks and poles: whole exponents on both signs, others on positive bases."""
    a, b, c, d, e = (abs(size) for size in _distinct(generator, 5))
    even, odd, fraction = generator.choice((4, 6)), generator.choice((3, 5)), generator.uniform(2.1, 2.9)
    reciprocal, root = generator.choice((-1, -3)), generator.choice((-1.5, -2.5))
    return [(a, odd), (-b, even), (-c, reciprocal), (d, fraction), (e, root), (b, 0.5)]


def power_gradients(generator: Random) -> tuple[Inputs, ...]:
    """Every kind of exponent, 0, 1 and a large one among them, bases of zero and a large one."""
    a, b = _distinct(generator, 2)
    whole = [(-abs(a), 3.0), (-abs(b), generator.choice((-2, -4)))]  # a float that is whole, and an even one
    zero = [(0.0, 3), (0.0, 1)]
    special = [*whole, *zero, (a, 1), (b, 0), (generator.uniform(50.0, 90.0), 3.0), (a, generator.choice((9, 11)))]
    return tuple({"a": a, "n": n, "upstream": _upstream(generator)} for a, n in [*_powers(generator), *special])


def independent_powers(generator: Random) -> tuple[Inputs, ...]:
    """Two powers: of different bases, and of the same base and exponent held by another Value; exponent 1 too."""
    powers = _powers(generator)
    pairs = [*pairwise(powers), (powers[0], powers[0]), ((powers[0][0], 1), powers[1])]
    return tuple(
        {"a": a, "n": n, "b": b, "m": m, "upstream": _upstream(generator), "other_upstream": _upstream(generator)}
        for (a, n), (b, m) in pairs
    )


def any_powers(generator: Random) -> tuple[Inputs, ...]:
    """Forward only: every exponent of the rubric, zero and one among them, and a base of zero."""
    a, b, c, d = _distinct(generator, 4)
    special = [(-abs(c), 3.0), (abs(d), generator.choice((9, 11))), (generator.uniform(50.0, 90.0), 2)]
    cases = [(a, 0), (b, 1), (-abs(c), 3), (-abs(d), 2), (a, -1), (b, -2), (abs(c), 0.5), (abs(d), -1.5), (0.0, 3)]
    return tuple({"a": base, "n": n} for base, n in [*cases, *special, *_powers(generator)])


def chains(generator: Random) -> tuple[Inputs, ...]:
    """A power of a power: whole, negative and fractional exponents, and those that are easily cases of their own."""
    a, b, c = (abs(size) for size in _distinct(generator, 3))
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


# --- rectifiers ---------------------------------------------------------------------------------------------------


def _both_sides(generator: Random) -> list[float]:
    """Values on both sides of zero, from the tiniest to millions, never at the kink."""
    small = ((2e-10, 9e-10), (2e-6, 9e-6), (0.001, 0.009), (0.05, 0.4), (0.6, 0.95))
    ranges = (*small, (1.2, 6.0), (50.0, 900.0), (2e3, 9e3), (2e6, 9e6))
    return [sign * generator.uniform(low, high) for low, high in ranges for sign in (1, -1)]


def both_sides(generator: Random) -> tuple[Inputs, ...]:
    """Small and large operands on both sides of zero."""
    return tuple({"a": a, "upstream": _upstream(generator)} for a in _both_sides(generator))


def independent_rectifiers(generator: Random) -> tuple[Inputs, ...]:
    """Two relus: of different operands, and of the same number held by another Value."""
    values = _both_sides(generator)
    others = generator.sample(values, len(values))
    pairs = [*zip(values, others, strict=True), (values[0], values[0])]
    return tuple(
        {"a": a, "b": b, "upstream": _upstream(generator), "other_upstream": _upstream(generator)} for a, b in pairs
    )


def shared_rectifiers(generator: Random) -> tuple[Inputs, ...]:
    """a and b such that a, and a + b, are positive or negative in all four ways."""
    low, high = generator.uniform(1.2, 2.8), generator.uniform(6.2, 9.0)
    return tuple({"a": a, "b": b} for a, b in ((low, high), (low, -high), (-low, high), (-low, -high)))


# --- training -----------------------------------------------------------------------------------------------------

LAYERS = ((13, 10, True), (10, 10, True), (10, 1, False))
LEARNING_RATE = 1e-4
UNSEEN_HOUSES, UNSEEN_EPOCHS = 40, 3
"""Enough for every parameter to move three times, at a thirtieth of the cost of the full training."""


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
