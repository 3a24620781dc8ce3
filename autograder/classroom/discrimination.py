"""How well a check tells students apart: the correlation with the rest of the score, and how uncertain it is."""

from __future__ import annotations

import math
from dataclasses import dataclass

LEAST_FOR_DISCRIMINATION = 10
"""Submissions: below, the interval is wider than from -0.6 to 0.6, and says nothing."""

LOW_DISCRIMINATION = 0.2
"""Ebel and Frisbie (1991), Essentials of Educational Measurement, call items below it poor."""

NORMAL_95 = 1.96
"""Standard deviations on either side of the mean that hold 95% of a normal distribution."""


@dataclass(frozen=True)
class Discrimination:
    """A correlation with the ends of its 95% interval, each from -1 to 1."""

    value: float
    low: float
    high: float

    @property
    def is_low(self) -> bool:
        """Whether the check is poor by its value."""
        return self.value < LOW_DISCRIMINATION

    @property
    def is_surely_low(self) -> bool:
        """Whether the whole interval is poor."""
        return self.high < LOW_DISCRIMINATION


@dataclass
class RestScores:
    """The points on all the other checks, of those who pass a check and of everybody."""

    count: int = 0
    total: int = 0
    squares: int = 0
    passed: int = 0
    total_of_passed: int = 0

    def add(self, points: float, *, passed: bool) -> None:
        """Count a submission in that has so many ``points`` on the other checks."""
        points = round(100 * points)  # exact, in whole hundredths; a correlation is the same in any unit
        self.count += 1
        self.total += points
        self.squares += points * points
        self.passed += passed
        self.total_of_passed += points if passed else 0

    @property
    def discrimination(self) -> Discrimination | None:
        """The correlation of passing the check with the score on all the others.

        It is the point-biserial item-rest correlation (Lord and Novick, 1968, Statistical Theories of Mental Test
        Scores). None for few submissions, and where all pass, none does, or all are equal otherwise.
        """
        variance = self.count * self.squares - self.total * self.total  # times the square of the count
        if self.count < LEAST_FOR_DISCRIMINATION or self.passed in (0, self.count) or not variance:
            return None
        others = self.count - self.passed
        difference = self.total_of_passed / self.passed - (self.total - self.total_of_passed) / others
        return with_interval(difference * math.sqrt(self.passed * others / variance), self.count)


def with_interval(correlation: float, count: int) -> Discrimination:
    """Return the correlation of ``count`` pairs with its 95% interval by Fisher's z.

    atanh(r) is nearly normal with the standard deviation 1 / sqrt(n - 3) (Fisher, 1921, Metron 1). Passing is no normal
    variable; a test counts that the interval holds the truth in 93 to 97 of 100 classes all the same.
    """
    correlation = max(-1.0, min(1.0, correlation))
    if abs(correlation) > 1 - 1e-9:  # of a perfect one, Fisher's z has nothing to say
        return Discrimination(correlation, correlation, correlation)
    reach = NORMAL_95 / math.sqrt(count - 3)
    z = math.atanh(correlation)
    return Discrimination(correlation, math.tanh(z - reach), math.tanh(z + reach))
