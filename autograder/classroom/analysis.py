"""What a class did not understand: statistics gathered row by row, of which only counts and short names are kept."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from autograder.assignment import ASSIGNMENT
from autograder.classroom.changes import judged_otherwise
from autograder.classroom.discrimination import LEAST_FOR_DISCRIMINATION, LOW_DISCRIMINATION, Discrimination, RestScores
from autograder.classroom.gradebook import POINTS
from autograder.classroom.hand_ins import Marked
from autograder.classroom.marks import Mark, mark_of, possible
from autograder.classroom.naming import Names
from autograder.classroom.points import Spread, spread
from autograder.classroom.review_reasons import reasons_to_look
from autograder.vocabulary import BOTH, Check

BARS, QUESTION_BARS = 10, 5
"""Bars of the histogram of the total and of a question, without the one for full marks."""

SECONDS = (1, 2, 4, 8, 16, 32, 64, 128)
"""Ends of the bars of the times: from no code at all to a training that runs into its limit."""

SLOWEST = 10
MAX_REASON = 300
"""Characters of a reason or note that is kept: students choose file names and statements that stand in it."""


@dataclass(frozen=True)
class CheckStatistics:
    """One check over the class: how many passed, followed through, failed, and did not get there.

    The last are those that left it blank, or did not reach it.
    """

    check: Check
    passed: int
    followed: int
    failed: int
    rest: int
    discrimination: Discrimination | None
    """See ``RestScores``; None where it cannot be told."""

    @property
    def count(self) -> int:
        """The number of submissions."""
        return self.passed + self.followed + self.failed + self.rest

    @property
    def share(self) -> float:
        """The pass rate, from 0 to 1."""
        return self.passed / max(1, self.count)

    @property
    def verdict(self) -> str:
        """Why the check does not tell students apart; empty if it does, or if there are too few to say."""
        count = self.count
        if count < LEAST_FOR_DISCRIMINATION:
            return ""
        if self.passed in (0, count):
            return "everybody passes" if self.passed else "nobody passes"
        found = self.discrimination
        if found is None or not found.is_low:
            return ""
        said = "rather the weaker pass" if found.value < -LOW_DISCRIMINATION else "tells little"
        return said if found.is_surely_low else f"perhaps {said}"


@dataclass(frozen=True)
class ClassStatistics:
    """The class in numbers; students stand in it by what they are called, in the order of that."""

    students: int
    scores: tuple[float, ...]
    """Each mark, ascending."""
    questions: tuple[Spread, ...]
    """How the points of each question are spread over the graded submissions."""
    faults: int
    """Submissions that the grader failed on."""
    checks: tuple[CheckStatistics, ...]
    misconceptions: tuple[tuple[str, tuple[str, ...]], ...]
    """Each with who shows it, the most frequent first."""
    times: tuple[tuple[str, int], ...]
    seconds: float
    """All submissions together; equal answers are graded once and count each time."""
    slowest: tuple[tuple[str, float], ...]
    to_look_at: tuple[tuple[str, tuple[str, ...]], ...]
    not_read: tuple[tuple[str, str], ...]
    handed_in: tuple[tuple[str, tuple[str, ...]], ...]
    """Who was late, and who handed in several versions."""
    changed: tuple[tuple[str, int, int, tuple[str, ...]], ...]
    """Whose score an earlier version of the grader gave otherwise: before and now."""
    by_hand: tuple[tuple[str, tuple[str, ...]], ...]
    """Whose mark was changed by people or for lateness, from what to what."""

    @property
    def total(self) -> Spread:
        """How the scores are spread."""
        return spread("all questions", possible(), self.scores, BARS)


class Tally:
    """Takes the rows of a class one by one."""

    def __init__(self, names: Names) -> None:
        self._names = names
        self._students = self._faults = 0
        self._scores: list[float] = []
        self._points: dict[str, list[float]] = {question: [] for question in POINTS}
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
        """Count one student in."""
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
        """All that was counted so far."""
        return ClassStatistics(
            students=self._students,
            scores=tuple(sorted(self._scores)),
            questions=tuple(spread(name, POINTS[name], own, QUESTION_BARS) for name, own in self._points.items()),
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
    """How many took how long, up to the longest that anybody took."""
    bars = []
    for low, high in zip((0, *SECONDS), SECONDS, strict=False):
        bars.append((f"{low}–{high} s", sum(low <= one < high for one in seconds)))
    bars.append((f"over {SECONDS[-1]} s", sum(one >= SECONDS[-1] for one in seconds)))
    while len(bars) > 1 and not bars[-1][1]:
        bars.pop()
    return bars
