"""The spread of points over a class, for a question or the total: mean, standard deviation and histogram."""

from __future__ import annotations

import math
from bisect import bisect_right
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from statistics import fmean, median, stdev


@dataclass(frozen=True)
class Spread:
    """The points of all submissions with a mark, for a question or the total whose maximum is ``most``.

    ``bars`` is the number of bars in the histogram; one more bar holds those with all points.
    """

    name: str
    most: float
    points: tuple[float, ...]
    bars: int

    @property
    def mean(self) -> float:
        """Mean of the points; 0 if there are none."""
        return fmean(self.points) if self.points else 0.0

    @property
    def median(self) -> float:
        """Median of the points; 0 if there are none."""
        return float(median(self.points)) if self.points else 0.0

    @property
    def deviation(self) -> float | None:
        """Standard deviation of the sample, with n - 1; None for fewer than two submissions."""
        return stdev(self.points) if len(self.points) > 1 else None

    @property
    def full(self) -> int:
        """Number of submissions with all points."""
        return sum(points >= self.most for points in self.points)

    @property
    def histogram(self) -> list[tuple[str, int]]:
        """Bars of the histogram, from no points to all points, as pairs of label and count.

        The last bar counts only those with all points.
        """
        lows = [int(self.most * bar // self.bars) for bar in range(self.bars)]
        names = [_range(low, high) for low, high in zip(lows, [*lows[1:], math.ceil(self.most)], strict=True)]
        counts = Counter(self.bars if one >= self.most else max(0, bisect_right(lows, one) - 1) for one in self.points)
        return [(name, counts[bar]) for bar, name in enumerate([*names, f"{self.most:g}"])]


def _range(low: int, high: int) -> str:
    return f"{low}–{high - 1}" if high - 1 > low else str(low)


def spread(name: str, most: float, points: Iterable[float], bars: int) -> Spread:
    """Return the spread of these points."""
    return Spread(name, most, tuple(sorted(points)), bars)
