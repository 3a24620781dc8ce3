"""The inputs of all checks of one submission, and the filter that keeps hidden inputs out of a student's texts."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Callable, Iterator, Sequence
from math import isfinite
from random import Random

from autograder.vocabulary import Check, Inputs

TELLING_DIGITS = 6
"""Number of significant digits from which on a number in a text can be recognised as a hidden one."""
BLOT = "…"
"""Sign that replaces a hidden number in a text."""

_NUMBER = re.compile(r"(?P<whole>\d+)(?:\.(?P<part>\d*))?(?:[eE](?P<exponent>[+-]?\d{1,3})(?!\d))?")


class Draws:
    """Inputs of all ``checks``. ``generator`` returns the generator that a hidden check draws its inputs from."""

    def __init__(self, checks: Sequence[Check], generator: Callable[[Check], Random]) -> None:
        self._checks, self._generator = checks, generator
        self._inputs: dict[str, tuple[Inputs, ...]] = {}
        self._hidden: list[float] | None = None

    def inputs(self, check: Check) -> tuple[Inputs, ...]:
        """Return the inputs of the probe of ``check``, the same at each call."""
        if check.id not in self._inputs:
            self._inputs[check.id] = check.inputs(self._generator(check))
        return self._inputs[check.id]

    def without_hidden_numbers(self, text: str) -> str:
        """Return ``text`` with ``BLOT`` in place of every number of a hidden check, even if it is rounded.

        The student's code chose the text, and it may have seen those numbers in another probe.
        """
        return _NUMBER.sub(lambda match: BLOT if self._is_hidden(match) else match[0], text)

    def _is_hidden(self, match: re.Match[str]) -> bool:
        digits = (match["whole"] + (match["part"] or "")).lstrip("0")
        if len(digits) < TELLING_DIGITS:
            return False
        number = float(match[0])
        if not isfinite(number):
            return False
        unit = float(f"1e{int(match['exponent'] or 0) - len(match['part'] or '')}")  # one unit of the last digit
        numbers = self._hidden_numbers()
        nearest = bisect_left(numbers, number - unit)  # the text may cut it off, or round it up or down
        return nearest < len(numbers) and numbers[nearest] <= number + unit

    def _hidden_numbers(self) -> list[float]:
        if self._hidden is None:
            hidden, public = ({abs(n) for n in self._numbers(which) if _tells(n)} for which in ("hidden", "public"))
            self._hidden = sorted(hidden - public)
        return self._hidden

    def _numbers(self, visibility: str) -> Iterator[float]:
        """Yield the numbers in the inputs of all checks of this visibility, and the expected ones.

        The expected numbers of step-by-step probes are left out: they take too long to compute.
        """
        for check in self._checks:
            if check.visibility == visibility and check.probe:
                for inputs in self.inputs(check):
                    yield from (value for value in inputs.values() if isinstance(value, (int, float)))
                    if check.sees is None:
                        yield from (v for v in check.expected(inputs).values() if isinstance(v, (int, float)))


def _tells(number: float) -> bool:
    """Tell whether a number has so many digits that meeting it in a text is no coincidence."""
    return len(f"{abs(number):.17g}".partition("e")[0].replace(".", "").strip("0")) >= TELLING_DIGITS
