"""Comparing what was measured with what is expected, and the four lines a student reads.

Standard library only: this module is released inside the student's self-check, so that the words are the same there.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from typing import Any

REL_TOL = 1e-6
"""Room for another order of summation and for ``float32``; every named fault changes some number far more than this."""
ABS_TOL = 1e-9
"""For values near zero, where a relative tolerance says nothing."""
MOST_NUMBERS = 6
"""Numbers that one line of a message shows before it counts the rest."""


def agrees(expected: Any, measured: Any) -> bool:
    """Whether a measured number equals ``expected``, or lies in it where that is an interval (low, high).

    A text that is expected must be the same.
    """
    if isinstance(expected, str):
        return bool(measured == expected)
    if isinstance(measured, bool) or not isinstance(measured, (int, float)):
        return False
    if isinstance(expected, (tuple, list)):
        low, high = expected
        return bool(low - ABS_TOL <= measured <= high + ABS_TOL)
    return math.isclose(expected, measured, rel_tol=REL_TOL, abs_tol=ABS_TOL)


def mismatches(expected: Mapping[str, Any], measured: Mapping[str, Any]) -> list[str]:
    """The names in ``expected`` whose measured value is missing or does not agree, in order."""
    return [name for name in expected if name not in measured or not agrees(expected[name], measured[name])]


def side_by_side(expected: Mapping[str, Any], measured: Mapping[str, Any]) -> dict[str, tuple[Any, Any, bool]]:
    """What is expected, what was measured, and whether they agree, by the names in ``expected``."""
    wrong = mismatches(expected, measured)
    return {name: (value, measured.get(name), name not in wrong) for name, value in expected.items()}


def shown(name: str, value: Any, digits: int = 10) -> str:
    """``name = value`` as a student reads it: an interval is ``from low to high``, an answer is yes or no."""
    if name.endswith("?") and value in (0, 1):
        return f"{name} {'yes' if value else 'no'}"
    if isinstance(value, (tuple, list)):
        return f"{name} from {value[0]:.{digits}g} to {value[1]:.{digits}g}"
    if isinstance(value, (int, float)) and not isinstance(value, bool):
        return f"{name} = {value:.{digits}g}"
    return f"{name} is {value}"


def compared(expected: Mapping[str, Any], measured: Mapping[str, Any]) -> tuple[str, str]:
    """The *expected* and the *got* line: the same names on both, with enough digits that unlike numbers look unlike."""
    names = list(expected) if len(expected) <= MOST_NUMBERS else mismatches(expected, measured)
    rest = f", and {len(names) - MOST_NUMBERS} more" if len(names) > MOST_NUMBERS else ""
    pairs = []
    for name in names[:MOST_NUMBERS]:
        wanted, got = expected[name], measured.get(name, "missing")
        digits = 10 if agrees(wanted, got) or shown(name, wanted) != shown(name, got) else 17
        pairs.append((shown(name, wanted, digits), shown(name, got, digits)))
    return ", ".join(wanted for wanted, _ in pairs) + rest, ", ".join(got for _, got in pairs) + rest


def four_lines(ran: str, expected: str, got: str, why: str) -> str:
    """The message of a failed check; a line whose text is empty is left out."""
    lines = {"Ran": ran, "Expected": expected, "Got": got, "Why it matters": why}
    return "\n".join(f"{label}: {text}" for label, text in lines.items() if text)
