"""Statistics that show what a class did not understand.

They are gathered row by row; only counts, numbers and short texts stay in memory.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from autograder.assignment import ASSIGNMENT
from autograder.classroom.changes import judged_otherwise
from autograder.classroom.discrimination import LEAST_FOR_DISCRIMINATION, LOW_DISCRIMINATION, Discrimination, RestScores
from autograder.classroom.hand_ins import Marked
from autograder.classroom.marks import Mark, mark_of, possible
from autograder.classroom.naming import Names
from autograder.classroom.points import Spread, spread
from autograder.classroom.review_reasons import reasons_to_look
from autograder.vocabulary import BOTH, Check

BARS, QUESTION_BARS = 10, 5
"""Numbers of bars in the histograms of the total and of a question; the bar for full marks is not counted."""

SECONDS = (1, 2, 4, 8, 16, 32, 64, 128)
"""Upper ends of the bars of grading times, from a blank submission to a training that runs into its limit."""

SLOWEST = 10
"""Number of the slowest submissions that are listed."""
MAX_REASON = 300
"""Maximum length of a reason or note, in characters: it can quote file names and code that a student chose."""


@dataclass(frozen=True)
class CheckStatistics:
    """Numbers of students who passed a check, followed through, or failed it.

    ``rest`` counts all others, such as those who left it blank or did not reach it.
    """

    check: Check
    passed: int
    followed: int
    failed: int
    rest: int
    discrimination: Discrimination | None
    """Correlation with the rest of the score (see ``RestScores``); None where it cannot be computed."""

    @property
    def count(self) -> int:
        """Number of submissions."""
        return self.passed + self.followed + self.failed + self.rest

    @property
    def share(self) -> float:
        """Share of the submissions that passed, from 0 to 1."""
        return self.passed / max(1, self.count)

    @property
    def verdict(self) -> str:
        """Reason why the check does not tell students apart; empty if it does, or if there are too few students."""
        count = self.count
        if count < LEAST_FOR_DISCRIMINATION:
            return ""
        if self.passed in (0, count):
            return "everybody passes" if self.passed else "nobody passes"
        found = self.discrimination
        if found is None or not found.is_low:
            return ""
        said = "the weaker pass more often" if found.value < -LOW_DISCRIMINATION else "tells little"
        return said if found.is_surely_low else f"perhaps {said}"


@dataclass(frozen=True)
class ClassStatistics:
    """The class in numbers. Lists of students give the name or pseudonym of each."""

    students: int
    scores: tuple[float, ...]
    """Marks of all who have one, in ascending order."""
    questions: tuple[Spread, ...]
    """Spread of the points of each question."""
    faults: int
    """Number of submissions that the grader failed on."""
    checks: tuple[CheckStatistics, ...]
    misconceptions: tuple[tuple[str, tuple[str, ...]], ...]
    """Names of misconceptions, each with the students who show it; the most frequent comes first."""
    times: tuple[tuple[str, int], ...]
    """Bars of the grading times, each with the number of submissions in it."""
    seconds: float
    """Sum of the grading times. Equal answers are graded once, but their time counts for each submission."""
    slowest: tuple[tuple[str, float], ...]
    to_look_at: tuple[tuple[str, tuple[str, ...]], ...]
    not_read: tuple[tuple[str, str], ...]
    handed_in: tuple[tuple[str, tuple[str, ...]], ...]
    """Students with notes about handing in, such as a late time or several versions."""
    changed: tuple[tuple[str, int, int, tuple[str, ...]], ...]
    """Students whose answers an earlier version of the grader judged otherwise: score before, score now, reasons."""
    by_hand: tuple[tuple[str, tuple[str, ...]], ...]
    """Students whose mark was changed by people or for lateness, each with the changes."""

    @property
    def total(self) -> Spread:
        """Spread of the marks."""
        return spread("all questions", possible(), self.scores, BARS)


class Tally:
    """Counter to which the rows of a class are added one by one."""

    def __init__(self, names: Names) -> None:
        self._names = names
        self._students = self._faults = 0
        self._scores: list[float] = []
        self._points: dict[str, list[float]] = {question: [] for question in ASSIGNMENT.manifest.questions}
        self._outcomes: dict[str, Counter[str]] = {check.id: Counter() for check in ASSIGNMENT.checks}
        self._rests = {check.id: RestScores() for check in ASSIGNMENT.checks}
        self._misconceptions: dict[str, list[str]] = {}
        self._seconds: list[tuple[float, str]] = []
        self._to_look_at: list[tuple[str, tuple[str, ...]]] = []
        self._not_read: list[tuple[str, str]] = []
        self._handed_in: list[tuple[str, tuple[str, ...]]] = []
        self._changed: list[tuple[str, int, int, tuple[str, ...]]] = []
        self._by_hand: list[tuple[str, tuple[str, ...]]] = []

    def add(self, row: Marked) -> None:
        """Count a student's row."""
        called, report = self._names.called(row.hand_in.student), row.report
        self._students += 1
        if notes := self._shown(row, [*(["handed in late"] if row.hand_in.late else []), *row.hand_in.notes]):
            self._handed_in.append((called, notes))
        if reasons := self._shown(row, reasons_to_look(row)):
            self._to_look_at.append((called, reasons))
        if not row.result:
            reason = row.hand_in.problem or "; ".join(report["notes"])
            self._not_read.append((called, self._shown(row, [reason])[0]))
        mark = mark_of(row)
        if changes := self._shown(row, map(str, mark.changes)):
            self._by_hand.append((called, changes))
        if mark.total is not None:
            self._scores.append(mark.total)
            for question, points in mark.questions.items():
                self._points[question] += [] if points is None else [points]
        if row.result and mark.total is None:
            self._faults += 1
        elif row.result:
            self._add_checks(called, row, mark)

    def _add_checks(self, called: str, row: Marked, mark: Mark) -> None:
        score: int = row.report["score"]
        self._seconds.append((row.report["seconds"], called))
        if row.before is not None and (why := judged_otherwise(row)):
            self._changed.append((called, row.before, score, self._shown(row, why)))
        every = sum(check["score"] for check in mark.checks)
        for check in mark.checks:
            if check["id"] in self._outcomes:
                self._outcomes[check["id"]][check["outcome"]] += 1
                self._rests[check["id"]].add(every - check["score"], passed=check["outcome"] == "passed")
        named = {name for check in row.report["checks"] for name in check["misconception"].split(BOTH)}
        for name in named - {""}:
            self._misconceptions.setdefault(name, []).append(called)

    def _shown(self, row: Marked, texts: Iterable[str]) -> tuple[str, ...]:
        return tuple(self._names.shown(text[: 2 * MAX_REASON], row.hand_in)[:MAX_REASON] for text in texts)

    def statistics(self) -> ClassStatistics:
        """Return the statistics of all rows that were added so far."""
        return ClassStatistics(
            students=self._students,
            scores=tuple(sorted(self._scores)),
            questions=tuple(
                spread(name, ASSIGNMENT.points_of(name), own, QUESTION_BARS) for name, own in self._points.items()
            ),
            faults=self._faults,
            checks=tuple(self._statistics(check) for check in ASSIGNMENT.checks),
            misconceptions=tuple(
                (name, tuple(sorted(who)))
                for name, who in sorted(self._misconceptions.items(), key=lambda item: (-len(item[1]), item[0]))
            ),
            times=tuple(_times([seconds for seconds, _ in self._seconds])),
            seconds=sum(seconds for seconds, _ in self._seconds),
            slowest=tuple((called, seconds) for seconds, called in sorted(self._seconds, reverse=True)[:SLOWEST]),
            to_look_at=tuple(sorted(self._to_look_at)),
            not_read=tuple(sorted(self._not_read)),
            handed_in=tuple(sorted(self._handed_in)),
            changed=tuple(sorted(self._changed)),
            by_hand=tuple(sorted(self._by_hand)),
        )

    def _statistics(self, check: Check) -> CheckStatistics:
        outcomes = self._outcomes[check.id]
        passed, followed, failed = (outcomes[name] for name in ("passed", "followed_through", "failed"))
        rest = outcomes.total() - passed - followed - failed
        return CheckStatistics(check, passed, followed, failed, rest, self._rests[check.id].discrimination)


def _times(seconds: Sequence[float]) -> list[tuple[str, int]]:
    """Count how many submissions took how long; empty bars at the end are left out."""
    bars = []
    for low, high in zip((0, *SECONDS), SECONDS, strict=False):
        bars.append((f"{low}–{high} s", sum(low <= one < high for one in seconds)))
    bars.append((f"over {SECONDS[-1]} s", sum(one >= SECONDS[-1] for one in seconds)))
    while len(bars) > 1 and not bars[-1][1]:
        bars.pop()
    return bars
