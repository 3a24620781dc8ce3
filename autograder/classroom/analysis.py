"""What a class did not understand: statistics over the rows, gathered in one pass that keeps small numbers only."""

from __future__ import annotations

import math
import re
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from statistics import fmean, median
from typing import Any

from autograder.classroom.records import Marked
from autograder.grading import FOR_STAFF, GRADER_FAULT
from autograder.rubric import CHECKS

BIN = 10
"""Points in one bar of the histogram."""
LEAST_FOR_DISCRIMINATION = 20
"""Submissions: below, a correlation says more about chance than about a check."""
LOW_DISCRIMINATION = 0.1
"""Ebel and Frisbie (1991), Essentials of Educational Measurement, call items below 0.2 poor."""
SLOWEST = 5
USUAL_IMPORTS = frozenset(
    [
        "csv",
        "gc",
        "math",
        "random",
        "time",
        "contextlib",
        "pathlib",
        "urllib",
        "grader",
        "drawing",
        "matplotlib",
        "numpy",
        "IPython",
        "itertools",
        "functools",
        "typing",
        "dataclasses",
        "collections",
        "operator",
        "copy",
        "sys",
        "__future__",
    ]
)
"""What the notebook imports itself, and what harmless answers do."""
_IMPORT = re.compile(r"^\s*(?:import|from)\s+([A-Za-z_]\w*)", re.MULTILINE)
_WORTH_A_LOOK = ("redesigned", "took too long", "ended the program", "wrote to the grader's channel")


@dataclass
class CheckStatistics:
    """One check over the class. ``discrimination`` is None where it cannot be told."""

    id: str
    title: str
    points: int
    passed: int = 0
    attempted: int = 0
    discrimination: float | None = None

    @property
    def tells_little(self) -> bool:
        """Whether the check does not separate those who know from those who do not."""
        return self.discrimination is not None and self.discrimination < LOW_DISCRIMINATION


@dataclass
class ClassStatistics:
    """All of ``class.html`` but the similar answers and the explanations."""

    scores: list[int] = field(default_factory=list)
    checks: list[CheckStatistics] = field(default_factory=list)
    misconceptions: dict[str, list[str]] = field(default_factory=lambda: defaultdict(list))
    seconds: list[tuple[float, str]] = field(default_factory=list)
    to_look_at: list[tuple[str, str]] = field(default_factory=list)
    changed: list[tuple[str, int, int]] = field(default_factory=list)
    not_read: list[tuple[str, str]] = field(default_factory=list)

    @property
    def histogram(self) -> list[tuple[str, int]]:
        """Bars from 0 to 100 points; the last holds full marks alone."""
        bars = [(f"{low}–{low + BIN - 1}", low) for low in range(0, 100, BIN)] + [("100", 100)]
        return [(name, sum(min(score // BIN * BIN, 100) == low for score in self.scores)) for name, low in bars]

    @property
    def mean(self) -> float:
        """The mean score of what could be read; 0 where nothing could."""
        return fmean(self.scores) if self.scores else 0.0

    @property
    def median(self) -> float:
        """The median score of what could be read; 0 where nothing could."""
        return float(median(self.scores)) if self.scores else 0.0

    @property
    def slowest(self) -> list[tuple[float, str]]:
        """The submissions that took longest to grade."""
        return sorted(self.seconds, reverse=True)[:SLOWEST]


def analyse(rows: Iterable[tuple[str, Marked]]) -> ClassStatistics:
    """The statistics of a class; each row comes with what its student is called in the report."""
    found = ClassStatistics()
    passes: dict[str, list[bool]] = {check.id: [] for check in CHECKS}
    outcomes: dict[str, list[str]] = {check.id: [] for check in CHECKS}
    for called, row in rows:
        found.to_look_at += [(called, reason) for reason in reasons_to_look(row)]
        if row.before is not None and row.before != row.report["score"]:
            found.changed.append((called, row.before, row.report["score"]))
        if not row.result:
            found.not_read.append((called, row.hand_in.problem or "; ".join(row.report["notes"])))
            continue
        found.scores.append(row.report["score"])
        found.seconds.append((row.report["seconds"], called))
        for check in row.report["checks"]:
            if check["id"] in passes:
                passes[check["id"]].append(check["outcome"] == "passed")
                outcomes[check["id"]].append(check["outcome"])
        for name in {check["misconception"] for check in row.report["checks"]} - {""}:
            found.misconceptions[name].append(called)
    for check in CHECKS:
        passed, seen = passes[check.id], outcomes[check.id]
        own = [score - check.points * ok for score, ok in zip(found.scores, passed, strict=True)]
        attempted = sum(outcome in ("passed", "failed") for outcome in seen)
        found.checks.append(
            CheckStatistics(check.id, check.title, check.points, sum(passed), attempted, discrimination(passed, own))
        )
    return found


def discrimination(passed: Sequence[bool], rest: Sequence[float]) -> float | None:
    """The point-biserial correlation of passing a check with the score on all the others, between -1 and 1.

    The item-rest correlation of Lord and Novick (1968), Statistical Theories of Mental Test Scores.
    None for few submissions, and where all pass, all fail, or all have the same score otherwise.
    """
    count, well = len(passed), sum(passed)
    if count < LEAST_FOR_DISCRIMINATION or well in (0, count):
        return None
    mean = fmean(rest)
    deviation = math.sqrt(fmean((score - mean) ** 2 for score in rest))
    if not deviation:
        return None
    of_passed = fmean(score for score, ok in zip(rest, passed, strict=True) if ok)
    of_others = fmean(score for score, ok in zip(rest, passed, strict=True) if not ok)
    share = well / count
    return (of_passed - of_others) / deviation * math.sqrt(share * (1 - share))


def reasons_to_look(row: Marked) -> list[str]:
    """Why a person should look at this submission; none of them says that something is wrong."""
    report: Mapping[str, Any] = row.report
    reasons = [*row.hand_in.notes, *(["handed in late"] if row.hand_in.late else [])]
    faults = [check["id"] for check in report["checks"] if check["outcome"] == "grader_fault"]
    if faults or GRADER_FAULT in report["notes"]:
        reasons.append(f"the grader failed ({', '.join(faults)}): no mark yet")
    for note in report["notes"]:
        if any(words in note for words in _WORTH_A_LOOK):
            reasons.append(note.removeprefix(FOR_STAFF))
    messages = [check["message"] for check in report["checks"]]
    reasons += sorted({words for words in _WORTH_A_LOOK for message in messages if words in message})
    unusual = {name for cell in row.cells for name in _IMPORT.findall(cell)} - USUAL_IMPORTS
    if unusual:
        reasons.append(f"imports {', '.join(sorted(unusual))}")
    missing = set(report["isolation"]["missing"]) & {"own uid", "landlock", "seccomp"}
    if row.result and missing:
        reasons.append(f"graded without {', '.join(sorted(missing))}")
    return list(dict.fromkeys(reasons))
