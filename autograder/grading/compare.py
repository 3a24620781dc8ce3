"""Comparison of measured with expected values, and the four lines that a student reads.

This module is released inside the student's self-check, so that both use the same words. It therefore imports the
standard library only.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from typing import Any

REL_TOL = 1e-6
"""Relative tolerance. It allows another order of summation and ``float32``; every named fault changes a number more."""
ABS_TOL = 1e-9
"""Absolute tolerance for values near zero, where a relative one is too strict."""
MOST_NUMBERS = 6
"""Maximum number of values that one line of a message shows; of the rest it gives only the count."""


def agrees(expected: Any, measured: Any) -> bool:
    """Tell whether ``measured`` is the expected number, or lies in the expected interval (low, high).

    An expected text must be met exactly. The tolerances are ``REL_TOL`` and ``ABS_TOL``.
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
    """Return the names in ``expected`` whose measured value is missing or does not agree, in order."""
    return [name for name in expected if name not in measured or not agrees(expected[name], measured[name])]


def side_by_side(expected: Mapping[str, Any], measured: Mapping[str, Any]) -> dict[str, tuple[Any, Any, bool]]:
    """Return for each name in ``expected`` the expected value, the measured value, and whether they agree."""
    wrong = mismatches(expected, measured)
    return {name: (value, measured.get(name), name not in wrong) for name, value in expected.items()}


def shown(name: str, value: Any, digits: int = 10) -> str:
    """Return ``name = value`` in a student's words.

    An interval is written ``from low to high``. A name that ends with a question mark gets yes or no.
    """
    if name.endswith("?") and value in (0, 1):
        return f"{name} {'yes' if value else 'no'}"
    if isinstance(value, (tuple, list)):
        return f"{name} from {value[0]:.{digits}g} to {value[1]:.{digits}g}"
    if isinstance(value, (int, float)) and not isinstance(value, bool):
        return f"{name} = {value:.{digits}g}"
    return f"{name} is {value}"


def compared(expected: Mapping[str, Any], measured: Mapping[str, Any]) -> tuple[str, str]:
    """Return the *expected* line and the *got* line of a message.

    Both show the same names, with enough digits that different numbers look different.
    """
    names = list(expected) if len(expected) <= MOST_NUMBERS else mismatches(expected, measured)
    rest = f", and {len(names) - MOST_NUMBERS} more" if len(names) > MOST_NUMBERS else ""
    pairs = []
    for name in names[:MOST_NUMBERS]:
        wanted, got = expected[name], measured.get(name, "missing")
        digits = 10 if agrees(wanted, got) or shown(name, wanted) != shown(name, got) else 17
        pairs.append((shown(name, wanted, digits), shown(name, got, digits)))
    return ", ".join(wanted for wanted, _ in pairs) + rest, ", ".join(got for _, got in pairs) + rest


def four_lines(ran: str, expected: str, got: str, why: str) -> str:
    """Return the message of a failed check. A line whose text is empty is left out."""
    lines = {"Ran": ran, "Expected": expected, "Got": got, "Why it matters": why}
    return "\n".join(f"{label}: {text}" for label, text in lines.items() if text)
