"""What came of a run over a class, in numbers and in a few lines for the terminal."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from autograder.wire.printable import printable

REASONS = 3
"""Checks that are told of one student whose score changed."""
LISTED = 20
"""Students that are listed of those that were not graded, and of those whose score changed."""


@dataclass
class Summary:
    """What came of a run.

    ``lost`` pairs students' keys, or pseudonyms, with a reason; ``changed`` has the scores before and now, and why;
    ``roster`` is what the course's list of students tells. ``by_hand`` are the changes that people made, ``late``
    counts those whom lateness costs points, ``unmarked`` explanations that have none yet. ``said`` are lines of the
    instructor's desk.
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
        """What came of it in a few lines; whom a new version of the grader gives another score, and by how much."""
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
    """The first reasons, and how many more the student's line on the staff's page has."""
    more = f"; and {len(reasons) - REASONS} more" if len(reasons) > REASONS else ""
    return "; ".join(reasons[:REASONS]) + more


def _first(lines: Iterator[str]) -> list[str]:
    """As many lines as a terminal shows at once; the staff's page has all of them."""
    every = list(lines)
    more = [f"... and {len(every) - LISTED} more"] if len(every) > LISTED else []
    return [*every[:LISTED], *more]
