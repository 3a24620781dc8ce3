"""Random numbers for the inputs of hidden checks, drawn for each submission.

Operands are distinct and not of size 1. Upstream gradients are not 1, and gradients before the step are not 0. No
number lies on a kink or a pole, unless the check is about that.
"""

from __future__ import annotations

from random import Random


def sign(generator: Random) -> float:
    """Return 1 or -1."""
    return generator.choice((-1.0, 1.0))


def distinct(generator: Random, count: int) -> list[float]:
    """Return ``count`` operands of size 1.3 or more, at least one of them negative.

    Any two of them differ in size by more than any tolerance.
    """
    sizes = [1.3 + 0.9 * k + generator.uniform(0.0, 0.7) for k in range(count)]
    operands = [-sizes[0], *(sign(generator) * size for size in sizes[1:])]
    generator.shuffle(operands)
    return operands


def upstream(generator: Random) -> float:
    """Return an upstream gradient of either sign, whose size is smaller or larger than 1."""
    return sign(generator) * generator.choice((generator.uniform(0.2, 0.8), generator.uniform(1.3, 3.0)))
