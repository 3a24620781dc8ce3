"""The summary of a run over a class: numbers, and a few lines for the terminal."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from autograder.wire.printable import printable

REASONS = 3
"""Maximum number of checks that are named for a student whose score changed."""
LISTED = 20
"""Maximum number of lines on the terminal about one topic, such as students who were not graded."""


@dataclass
class Summary:
    """The numbers and lines of a run.

    ``graded`` and ``stored`` count results, ``not_read`` submissions. ``lost`` are students without a mark (keys or
    pseudonyms), each with the reason. ``changed`` has students with the scores before and now, and why. ``roster`` has
    lines about the course's list. ``by_hand`` are the changes that people made. ``late`` counts students who lose
    points for lateness, ``unmarked`` the explanations that are not marked yet. ``said`` are lines of the desk.
    """

    platform: str = ""
    students: int = 0
    graded: int = 0
    stored: int = 0
    not_read: int = 0
    lost: list[tuple[str, str]] = field(default_factory=list)
    changed: list[tuple[str, int, int, tuple[str, ...]]] = field(default_factory=list)
    roster: list[str] = field(default_factory=list)
    by_hand: list[str] = field(default_factory=list)
    late: int = 0
    unmarked: int = 0
    said: list[str] = field(default_factory=list)

    def text(self, out: Path, seconds: float) -> str:
        """Return the summary as a few lines, for a run that took ``seconds`` and wrote into ``out``."""
        lines = [
            f"{self.students} students ({self.platform}): {self.graded} results graded in {seconds:.1f} s, "
            f"{self.stored} were stored, {self.not_read} submissions could not be read.",
            *self.said,
            *_first(iter(self.roster)),
            *_first(f"Not graded: {student}: {reason}" for student, reason in self.lost),
            *_first(
                f"Changed: {student}: {old} -> {new} ({new - old:+d}): {_few(reasons)}"
                for student, old, new, reasons in self.changed
            ),
            *_first(f"By hand: {change}" for change in self.by_hand),
            *([f"Late submissions that lose points: {self.late}."] if self.late else []),
            *(
                [f"Explanations that are not marked yet: {self.unmarked}, in {out / 'explanations.csv'}."]
                if self.unmarked
                else []
            ),
            f"Marks: {out / 'gradebook.csv'}. For the staff: {out / 'class.html'}. For students: {out / 'reports'}.",
        ]
        return printable("\n".join(lines)) + "\n"


def _few(reasons: Sequence[str]) -> str:
    """Join the first ``REASONS`` reasons, and say how many more there are; the staff's page has all of them."""
    more = f"; and {len(reasons) - REASONS} more" if len(reasons) > REASONS else ""
    return "; ".join(reasons[:REASONS]) + more


def _first(lines: Iterator[str]) -> list[str]:
    """Return the first ``LISTED`` lines, and one that says how many more there are; the staff's page has all."""
    every = list(lines)
    more = [f"... and {len(every) - LISTED} more"] if len(every) > LISTED else []
    return [*every[:LISTED], *more]
