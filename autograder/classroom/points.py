"""How points are spread over a class: mean, standard deviation, and a histogram, of a question or of the total."""

from __future__ import annotations

import math
from bisect import bisect_right
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from statistics import fmean, median, stdev


@dataclass(frozen=True)
class Spread:
    """The points of all submissions with a mark, of the ``most`` that there are, in ``bars`` and one for all points."""

    name: str
    most: float
    points: tuple[float, ...]
    bars: int

    @property
    def mean(self) -> float:
        """The mean; 0 where nothing was graded."""
        return fmean(self.points) if self.points else 0.0

    @property
    def median(self) -> float:
        """The median; 0 where nothing was graded."""
        return float(median(self.points)) if self.points else 0.0

    @property
    def deviation(self) -> float | None:
        """The standard deviation of the sample, with n - 1; None of fewer than two."""
        return stdev(self.points) if len(self.points) > 1 else None

    @property
    def full(self) -> int:
        """How many have all points."""
        return sum(points >= self.most for points in self.points)

    @property
    def histogram(self) -> list[tuple[str, int]]:
        """Bars from no points to all of them, each with what it counts; the last holds full marks alone."""
        lows = [int(self.most * bar // self.bars) for bar in range(self.bars)]
        names = [_range(low, high) for low, high in zip(lows, [*lows[1:], math.ceil(self.most)], strict=True)]
        counts = Counter(self.bars if one >= self.most else max(0, bisect_right(lows, one) - 1) for one in self.points)
        return [(name, counts[bar]) for bar, name in enumerate([*names, f"{self.most:g}"])]


def _range(low: int, high: int) -> str:
    return f"{low}–{high - 1}" if high - 1 > low else str(low)


def spread(name: str, most: float, points: Iterable[float], bars: int) -> Spread:
    """Return how these points are spread."""
    return Spread(name, most, tuple(sorted(points)), bars)
