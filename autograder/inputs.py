"""The inputs of hidden checks, drawn for each submission.

Operands are distinct and not of size 1, upstream gradients are not 1, gradients before the step are not 0, and nothing
lies on a kink or a pole unless that is what the check is about.
"""

from __future__ import annotations

from collections.abc import Callable
from random import Random

from autograder.records import Inputs

Draw = Callable[[Random], tuple[Inputs, ...]]


def _sign(generator: Random) -> float:
    return generator.choice((-1.0, 1.0))


def _size(generator: Random, low: float, high: float) -> float:
    return round(generator.uniform(low, high), 3)


def _operand(generator: Random) -> float:
    return _sign(generator) * _size(generator, 1.2, 6.0)


def _distinct(generator: Random, count: int) -> list[float]:
    """``count`` operands whose sizes differ pairwise by more than any tolerance."""
    sizes = [1.3 + 0.9 * k + _size(generator, 0.0, 0.7) for k in range(count)]
    generator.shuffle(sizes)
    return [round(_sign(generator) * size, 3) for size in sizes]


def _upstream(generator: Random) -> float:
    return _sign(generator) * generator.choice((_size(generator, 0.2, 0.8), _size(generator, 1.3, 3.0)))


def products(*extra: str, count: int = 2) -> Draw:
    """Inputs a, b (c, d) of a product, the upstream gradient, and earlier gradients where ``extra`` names them."""

    def draw(generator: Random) -> tuple[Inputs, ...]:
        return tuple(
            dict(zip("abcd", _distinct(generator, count), strict=False))
            | {"upstream": _upstream(generator)}
            | {name: _upstream(generator) for name in extra}
            for _ in range(3)
        )

    return draw


def wide_products(generator: Random) -> tuple[Inputs, ...]:
    """Both signs, zero on either side, small and large."""
    a, b, c, d = _distinct(generator, 4)
    small, large = _size(generator, 0.001, 0.009), _size(generator, 1e3, 1e4)
    pairs = [(a, b), (-a, b), (a, -b), (-abs(c), -abs(d)), (0.0, a), (b, 0.0), (small, -large), (large, large + d)]
    return tuple({"a": x, "b": y} for x, y in pairs)


EXPONENTS_FOR_ANY_BASE = (3, -1, 4, -2, 5)
EXPONENTS_FOR_POSITIVE_BASE = (0.5, -0.5, 1.5, 2.5)


def powers(*extra: str, pair: bool = False) -> Draw:
    """Powers away from kinks and poles: whole exponents on both signs, fractional ones on positive bases."""

    def draw(generator: Random) -> tuple[Inputs, ...]:
        whole = generator.sample(EXPONENTS_FOR_ANY_BASE, 4)
        fractional = generator.sample(EXPONENTS_FOR_POSITIVE_BASE, 2)
        a, b, c, d = _distinct(generator, 4)
        bases = [(abs(a), whole[0]), (-abs(b), whole[1]), (abs(c), fractional[0]), (abs(d), fractional[1])]
        cases: list[Inputs] = []
        for k, (base, n) in enumerate(bases):
            case = {"a": base, "n": n, "upstream": _upstream(generator)}
            case |= {name: _upstream(generator) for name in extra}
            cases.append(case | ({"b": bases[k - 1][0], "m": bases[k - 1][1]} if pair else {}))
        return tuple(cases)

    return draw


def any_powers(generator: Random) -> tuple[Inputs, ...]:
    """Forward only: every exponent of the rubric, zero and one among them, and a base of zero."""
    a, b, c, d = _distinct(generator, 4)
    cases = [(a, 0), (b, 1), (-abs(c), 3), (-abs(d), 2), (a, -1), (b, -2), (abs(c), 0.5), (abs(d), -1.5), (0.0, 3)]
    return tuple({"a": base, "n": n} for base, n in cases)


def chains(generator: Random) -> tuple[Inputs, ...]:
    """A power of a power, with whole, negative and fractional exponents."""
    a, b, c = _distinct(generator, 3)
    return ({"a": a, "n": 2, "m": 3}, {"a": -abs(b), "n": 3, "m": -1}, {"a": abs(c), "n": 0.5, "m": 3})


def both_sides(*extra: str, pair: bool = False) -> Draw:
    """Values on both sides of zero, from small to large, never at the kink."""

    def draw(generator: Random) -> tuple[Inputs, ...]:
        ranges = ((0.001, 0.009), (0.05, 0.4), (0.6, 0.95), (1.2, 6.0), (50.0, 900.0))
        sizes = [_size(generator, low, high) for low, high in ranges]
        values = [sign * size for size in sizes for sign in (1, -1)]
        others = generator.sample(values, len(values))
        return tuple(
            {"a": a, "upstream": _upstream(generator)}
            | ({"b": b if b != a else 2.5 * a} if pair else {})
            | {name: _upstream(generator) for name in extra}
            for a, b in zip(values, others, strict=True)
        )

    return draw


def shared_rectifiers(generator: Random) -> tuple[Inputs, ...]:
    """a and b such that a, and a + b, are positive or negative in all four ways."""
    low, high = _size(generator, 1.2, 2.8), _size(generator, 3.2, 6.0)
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
