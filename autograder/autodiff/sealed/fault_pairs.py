"""Pairs of mistakes in one operator, where the two mistakes change different things."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import fields
from itertools import combinations
from typing import Any

from autograder.autodiff.sealed.reference_engine import RULES, Fault, Step
from autograder.vocabulary import BOTH

OPERANDS: Mapping[str, Sequence[tuple[float, ...]]] = {
    "mul": ((1.7, -2.3),),
    "pow": ((1.7, 3.0), (-1.7, 2.0)),
    "relu": ((1.7,), (-1.7,)),
}
"""Operands that show for every fault which fields of a step it changes."""


def pairs(faults: Sequence[Fault]) -> Iterator[Fault]:
    """Yield a fault for every two of these ``faults`` that can be made together."""
    known = [fault for fault in faults if fault.question in OPERANDS]
    changed = {fault.name: _changed(fault) for fault in known}
    for one, other in combinations(known, 2):
        if one.question == other.question and not changed[one.name] & changed[other.name]:
            yield _both(one, other, changed[other.name])


def _changed(fault: Fault) -> set[str]:
    """Return the names of the fields of a step that a fault changes."""
    names: set[str] = set()
    for operands in OPERANDS[fault.question]:
        with suppress(ValueError):  # a fault may take the logarithm of a negative number
            wrong, right = fault.rule(*operands), RULES[fault.question](*operands)
            names |= {field.name for field in fields(Step) if getattr(wrong, field.name) != getattr(right, field.name)}
    return names


def _both(one: Fault, other: Fault, of_other: set[str]) -> Fault:
    def rule(*operands: float) -> Step:
        step = other.rule(*operands)
        changes: dict[str, Any] = {name: getattr(step, name) for name in of_other}
        return one.rule(*operands).but(**changes)

    return Fault(BOTH.join((one.name, other.name)), rule, one.wraps and other.wraps, hint=f"{one.hint} {other.hint}")
