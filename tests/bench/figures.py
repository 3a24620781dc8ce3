"""Statistics of what was measured, and how they are written."""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from statistics import fmean, median

MEGABYTE = 1e6


@dataclass(frozen=True)
class Spread:
    """Median, least and most of some runs."""

    median: float
    least: float
    most: float

    def text(self, digits: int) -> str:
        """The median, and the other two in brackets where there were several runs."""
        middle, *ends = (f"{number:,.{digits}f}" for number in (self.median, self.least, self.most))
        return middle if self.least == self.most else f"{middle} ({ends[0]}–{ends[1]})"


def spread(numbers: Iterable[float]) -> Spread:
    """The spread of some numbers; ``ValueError`` if there are none."""
    listed = sorted(numbers)
    if not listed:
        raise ValueError("nothing was measured")
    return Spread(median(listed), listed[0], listed[-1])


def exponent(sizes: Sequence[float], seconds: Sequence[float]) -> float:
    """The exponent p of ``seconds = c * sizes ** p``: the slope of the least-squares line through the logarithms.

    ``ValueError`` for fewer than two sizes, or for numbers that have no logarithm.
    """
    if len(set(sizes)) < 2 or len(sizes) != len(seconds) or min(*sizes, *seconds) <= 0:
        raise ValueError("two sizes at least, each with its time, all above 0")
    x, y = [math.log(size) for size in sizes], [math.log(second) for second in seconds]
    mean_x, mean_y = fmean(x), fmean(y)
    slope = sum((a - mean_x) * (b - mean_y) for a, b in zip(x, y, strict=True))
    return slope / sum((a - mean_x) ** 2 for a in x)


def table(head: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    """A markdown table whose columns but the first are aligned to the right."""
    lines = [head, ["---", *["---:"] * (len(head) - 1)], *rows]
    return "\n".join("| " + " | ".join(line) + " |" for line in lines)
