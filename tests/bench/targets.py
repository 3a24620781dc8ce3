"""The figures that were promised, each beside what was measured."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from bench import class_rows, training_rows
from bench import grading_rows as grading
from bench.figures import MEGABYTE
from bench.results import Results

CPU_OF_FLOOR = 0.45
WALL_OF_STOCK = 0.2
MEMORY = 384.0
WRONG_SECONDS = 1.0
BLANK_SECONDS = 1.0
TRAINING_SPEED_UP = 6.0
SECOND_CORE = 1.8
EXPONENT = 1.05
OPENING_SECONDS = 2.0
OPENING_MEGABYTES = 10.0


@dataclass(frozen=True)
class Target:
    """A figure with its limit: the ``most`` that it may be, or the ``least``; neither where it is only told."""

    what: str
    figure: float
    unit: str = ""
    most: float | None = None
    least: float | None = None

    @property
    def is_met(self) -> bool:
        """Whether the figure keeps its limit."""
        too_much = self.most is not None and self.figure > self.most
        too_little = self.least is not None and self.figure < self.least
        return not (too_much or too_little)

    def row(self) -> tuple[str, str, str, str]:
        """What, the figure, its limit, and whether it is met, as text."""
        limit = f"≤ {self.most:g}{self.unit}" if self.most is not None else f"≥ {self.least:g}{self.unit}"
        if self.is_met:
            verdict = "yes"
        else:
            verdict = (
                f"no, by {abs(self.figure - (self.most if self.most is not None else self.least or 0)):.2f}{self.unit}"
            )
        digits = 0 if self.unit == " MB" else 2
        return self.what, f"{self.figure:.{digits}f}{self.unit}", limit, verdict


def targets(results: Results) -> list[Target]:
    """All targets whose groups were measured, in the order of the issue's table."""
    makers = {"grade": _grading, "student": _student, "class": _class, "growth": _growth, "opening": _opening}
    return [target for name, make in makers.items() if name in results.groups for target in make(results)]


def _grading(results: Results) -> Iterator[Target]:
    group = results.groups["grade"]
    ways = (grading.COMMAND_LINE, grading.RUN_AUTOGRADER, grading.OUR_OTTER)
    floor = group.cpu(grading.FLOOR).median
    stock = group.wall(grading.name(grading.STOCK, "right")).median
    right = grading.name(grading.COMMAND_LINE, "right")
    yield Target(
        "grading the solution: CPU time, command line / ten epochs alone",
        group.cpu(right).median / floor,
        most=CPU_OF_FLOOR,
    )
    for way in ways:
        wall = group.wall(grading.name(way, "right")).median
        yield Target(
            f"grading the solution: wall time, {way.removeprefix('ours, ')} / stock otter",
            wall / stock,
            most=WALL_OF_STOCK,
        )
    for way in ways:
        peak = group.peak(grading.name(way, "right")).most / MEGABYTE
        yield Target(f"grading the solution: most memory, {way.removeprefix('ours, ')}", peak, " MB", most=MEMORY)
    blank = group.wall(grading.name(grading.COMMAND_LINE, "blank")).median
    wrong = group.cpu(grading.name(grading.COMMAND_LINE, "wrong")).median
    yield Target("grading a wrong submission: CPU time, command line", wrong, " s", most=WRONG_SECONDS)
    yield Target("grading a blank submission: wall time, command line", blank, " s", most=BLANK_SECONDS)


def _student(results: Results) -> Iterator[Target]:
    group = results.groups["student"]
    ratio = group.cpu(training_rows.DEMO).median / group.cpu(training_rows.NOTEBOOK).median
    yield Target("a student's ten epochs: CPU time, the demo's loop / the notebook's", ratio, least=TRAINING_SPEED_UP)


def _class(results: Results) -> Iterator[Target]:
    group = results.groups["class"]
    for kind in (class_rows.DIFFERENT, class_rows.DUPLICATES):
        one, two = (group.wall(class_rows.name(kind, cores)).median for cores in (1, 2))
        yield Target(
            f"a class of {group.facts['students']}, {kind}: two cores / one core", one / two, least=SECOND_CORE
        )


def _growth(results: Results) -> Iterator[Target]:
    for what, exponent in results.groups["growth"].facts["exponents"].items():
        yield Target(f"growth by {what}: exponent", exponent, most=EXPONENT)


def _opening(results: Results) -> Iterator[Target]:
    facts = results.groups["opening"].facts
    what = f"the staff's page of {facts['students']:,} students"
    yield Target(f"{what}: opened in", facts["seconds"], " s", most=OPENING_SECONDS)
    yield Target(f"{what}: size", facts["bytes"] / MEGABYTE, " MB", most=OPENING_MEGABYTES)


def rows(found: Iterable[Target]) -> list[tuple[str, str, str, str]]:
    """The targets as rows of a table."""
    return [target.row() for target in found]
