"""One line of the rubric together with how it is run."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from random import Random

from autograder.autodiff.sealed.hidden_inputs import Draw
from autograder.vocabulary import Check, Inputs

Interval = tuple[float, float]


@dataclass(frozen=True)
class RubricCheck(Check):
    """A check together with how it is run.

    ``probe`` names the probe; empty for what is read from the submission as literals (``reads`` names it). ``cases``
    are the fixed inputs of a public check, ``draw`` makes those of a hidden one. ``between`` holds inclusive intervals
    for numbers with more than one right answer.
    """

    probe: str = ""
    cases: tuple[Inputs, ...] = ()
    draw: Draw | None = None
    between: Mapping[str, Interval] = field(default_factory=dict)
    reads: tuple[str, ...] = ()

    def inputs(self, generator: Random) -> tuple[Inputs, ...]:
        """The inputs to run the probe on; ``generator`` decides those of a hidden check."""
        return self.draw(generator) if self.draw else self.cases
