"""The place of an unknown mistake, found from the measured values.

The sentences state only facts and no numbers: what is right, what is wrong, and what the error depends on. This module
is released inside the student's self-check. It therefore knows no answer and imports the standard library only.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping, Sequence
from itertools import combinations
from typing import Any

Compared = tuple[Any, Any, bool]
"""Expected number, measured number, and whether they agree."""
Case = tuple[Mapping[str, Any], Compared]
"""Inputs of a run, and one of the numbers that it measured."""

OPERANDS = {"a": "the left operand", "b": "the right operand"}
ONLY_ELSEWHERE = (
    "All public checks pass; what is wrong shows on other numbers. Try negative, fractional, large and tiny ones, 0 "
    "and 1, and expressions that use a Value more than once."
)
SIGNS: dict[str, Callable[[float], bool]] = {
    "0": lambda number: number == 0,
    "positive": lambda number: number > 0,
    "negative": lambda number: number < 0,
}
LEAST = 3
"""Minimum number of runs that must show the same factor before a sentence says so; two may agree by chance."""


def located(runs: Sequence[tuple[Mapping[str, Any], Mapping[str, Compared]]]) -> str:
    """Return two sentences on what is right and what is wrong in the public runs of one operator.

    Each run has its inputs, and the compared numbers by name. If nothing is wrong, return a text that says on which
    other numbers to try the operator.
    """
    cases: dict[str, list[Case]] = {}
    two = any("b" in inputs and "b.grad" in measured for inputs, measured in runs)
    for inputs, measured in runs:
        for name, compared in measured.items():
            cases.setdefault(_part(name, inputs, two), []).append((inputs, compared))
    agree = {part: all(agrees for _, (_, _, agrees) in of_part) for part, of_part in cases.items()}
    right = [part for part in cases if agree[part] and not part.endswith(BEFORE)]
    wrong = [
        part for part in cases if not agree[part] and (BEFORE not in part or agree.get(part.removesuffix(BEFORE), True))
    ]
    if not wrong:
        return ONLY_ELSEWHERE
    known = f"Right: {', '.join(right)}. " if right else ""
    return f"{known}Wrong: {'; '.join(part + _follows(part, cases[part], two) for part in wrong)}."


BEFORE = " where it has one already"


def _part(name: str, inputs: Mapping[str, Any], two: bool) -> str:
    """Return the part of the operator that a measured number belongs to, in words."""
    owner, _, attribute = name.partition(".")
    if "child" in name:
        return "the children"
    if attribute == "grad" and owner in OPERANDS:
        return f"the gradient of {_operand(owner, two)}{BEFORE if f'{owner}_grad' in inputs else ''}"
    if name == "out.data":
        return "the data of the result"
    return "the data with a plain number" if owner in ("left", "right") else "the result as a new Value"


def _operand(name: str, two: bool) -> str:
    return OPERANDS[name] if two else "the operand"


def _follows(part: str, cases: Sequence[Case], two: bool) -> str:
    """Return a clause on what the error in a part depends on, or "" if the cases do not show it."""
    wrong = [(inputs, compared) for inputs, compared in cases if not compared[2]]
    pairs = [(expected, measured) for _, (expected, measured, _) in wrong]
    if ("data" not in part and "gradient" not in part) or part.endswith(BEFORE):
        return ""
    if len(wrong) < len(cases):
        return _where(cases, two)
    if not all(_is_number(one) for pair in pairs for one in pair):
        return ""
    if len(cases) > 1 and all(measured == 0 for _, measured in pairs):
        return ", which stays 0"
    if len(cases) > 1 and all(math.isclose(measured, -expected) for expected, measured in pairs):
        return ", which has the wrong sign"
    return _factor(wrong)


def _is_number(value: Any) -> bool:
    return isinstance(value, (int, float)) and not isinstance(value, bool)


def _where(cases: Sequence[Case], two: bool) -> str:
    """Return a clause that names the one sign of an input which all wrong cases have and all right ones lack.

    If no sign or several do, the clause is "for some of the numbers". A positive or negative sign counts only if at
    least two right and two wrong cases show it.
    """
    agreeing = [(inputs, agrees) for inputs, (_, _, agrees) in cases]
    sides = {right: {str(inputs) for inputs, agrees in agreeing if agrees == right} for right in (True, False)}
    found = [
        f", where {'the upstream gradient' if name == 'upstream' else _operand(name, two)} is {sign}"
        for name in ("a", "b", "upstream")
        for sign, holds in SIGNS.items()
        if all(name in inputs and holds(inputs[name]) != agrees for inputs, agrees in agreeing)
        if sign == "0" or min(map(len, sides.values())) >= 2
    ]
    return found[0] if len(found) == 1 else ", for some of the numbers"


def _factor(wrong: Sequence[Case]) -> str:
    """Return a clause on the factor by which wrong numbers differ from the right ones, or "" if nothing is clear.

    The factor is the same in all cases, or it is compared in two cases that differ only in the upstream gradient.
    """
    if any(expected == 0 for _, (expected, _, _) in wrong):
        return ""
    factors = [measured / expected for _, (expected, measured, _) in wrong]
    if len(wrong) >= LEAST and all(math.isclose(factor, factors[0]) for factor in factors):
        return ", by the same factor each time"
    for (k, one), (m, other) in combinations(enumerate(wrong), 2):
        (inputs, (_, measured, _)), (others, (_, again, _)) = one, other
        if {**inputs, "upstream": 0} == {**others, "upstream": 0}:
            if math.isclose(measured, again):
                return ", which does not change with the upstream gradient"
            same = math.isclose(factors[k], factors[m])
            return f", by a factor that {'does not change' if same else 'changes'} with the upstream gradient"
    return ""
