"""The common form of the checks of all operators, which expect what a probe measures on the reference engine."""

from __future__ import annotations

from collections.abc import Mapping
from typing import cast

from autograder.autodiff.probes.by_name import ONCE
from autograder.autodiff.sealed.reference_engine import engine
from autograder.vocabulary import Check, Draw, Expected, Inputs, Interval, Visibility

LOCAL_WHY = "Backpropagation is a chain of such steps: an error in one reaches all that lies behind it."
ACCUMULATE_WHY = "A network uses every value several times, and each use has its part in the gradient."
CHILDREN_WHY = "backward() finds the graph through the children; a node it cannot find never gets its gradient."
INDEPENDENT_WHY = "A network makes thousands of nodes before any gradient flows; each must remember its own operands."


def operator_check(
    id: str,
    title: str,
    points: int,
    visibility: Visibility,
    why: str,
    requires: tuple[str, ...] = (),
    *,
    probe: str,
    cases: tuple[Inputs, ...] = (),
    draw: Draw | None = None,
    between: Mapping[str, Interval] | None = None,
) -> Check:
    """Return a check of the question that its id begins with.

    ``between`` holds intervals for the numbers that have more than one right value.
    """
    intervals = between or {}

    def expects(inputs: Inputs) -> Expected:
        measured = cast("dict[str, float]", ONCE[probe](engine(), inputs))
        return {name: intervals.get(name, number) for name, number in measured.items()}

    return Check(
        id,
        id.partition(".")[0],
        title,
        points,
        visibility,
        why,
        requires,
        probe=probe,
        cases=cases,
        draw=draw,
        expects=expects,
        free=frozenset(intervals),
    )
