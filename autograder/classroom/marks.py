"""The computation of a mark: the grader's points, then people's decisions, then what lateness takes.

All gradebooks, pages and statistics show what ``mark_of`` returns; no other module computes marks.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from autograder import settings
from autograder.assignment import ASSIGNMENT
from autograder.classroom.hand_ins import Decision, Lateness, Marked
from autograder.classroom.review_reasons import has_fault

QUESTIONS = ASSIGNMENT.manifest.questions
TOTAL = "total"
"""Name by which overrides and changes refer to the total."""
LATE = "late"
"""Name of a change by lateness."""


@dataclass(frozen=True)
class Change:
    """A change of points: ``what`` is a check, a question, an explanation, ``TOTAL`` or ``LATE``.

    ``before`` is None if there were no points yet. ``place`` tells where the decision is written.
    """

    what: str
    before: float | None
    after: float
    reason: str
    place: str = ""

    def __str__(self) -> str:
        before = "no mark" if self.before is None else f"{self.before:g}"
        return f"{self.what}: {before} -> {self.after:g}{f' ({self.reason})' if self.reason else ''}"


@dataclass(frozen=True)
class Mark:
    """A student's mark, and how it came about.

    ``graded`` is the grader's own score, None if the submission could not be read or the grader failed. ``checks`` are
    those of the report with the points that count. ``questions`` and ``explanations`` have the points of each, None if
    there are none yet (an explanation without a mark adds nothing). ``before_lateness`` is their sum, and ``deduction``
    is what lateness takes from it. ``total`` is None if there is no mark, which is not a zero.
    """

    graded: int | None
    checks: tuple[Mapping[str, Any], ...]
    questions: Mapping[str, float | None]
    explanations: Mapping[str, float | None]
    before_lateness: float | None
    deduction: float
    total: float | None
    possible: float
    changes: tuple[Change, ...]
    unmarked: tuple[str, ...] = ()
    """Names of explanations that the student wrote and nobody has marked yet."""


@lru_cache(maxsize=1)
def mark_of(row: Marked) -> Mark:
    """Compute a student's mark; that of the latest row is kept, since gradebooks and pages ask for it in turn.

    Where decisions overlap, one about the total counts before one about a question, and that before one about a check.
    """
    overrides, final = row.by_hand.overrides, row.by_hand.overrides.get(TOTAL)
    checks = tuple(_check(check, overrides.get(check["id"])) for check in row.report["checks"])
    summed = _by_question(checks, _without_points(row) - overrides.keys())
    questions = {name: tidy(overrides[name].points) if name in overrides else summed[name] for name in QUESTIONS}
    explanations = _explanations(row)
    earned = None if None in questions.values() else _sum((*questions.values(), *explanations.values()))
    taken = 0 if earned is None else _taken(row.by_hand.lateness, earned)
    left = None if earned is None else tidy(earned - taken)
    changes = [*_changes(row, summed)]
    if final:
        changes.append(Change(TOTAL, left, tidy(final.points), final.comment, final.place))
    elif taken:
        changes.append(Change(LATE, earned, left or 0, row.by_hand.lateness.note))
    return Mark(
        graded=None if not row.result or has_fault(row.report) else row.report["score"],
        checks=checks,
        questions=questions,
        explanations=explanations,
        before_lateness=earned,
        deduction=0 if final else taken,
        total=tidy(final.points) if final else left,
        possible=possible(),
        changes=tuple(changes),
        unmarked=tuple(name for name, points in explanations.items() if points is None and row.explanations.get(name)),
    )


def possible() -> float:
    """Return the maximum number of points: those of all checks and explanations."""
    return tidy(ASSIGNMENT.manifest.total + sum(settings.load().explanation_points.values()))


def tidy(points: float) -> float:
    """Round points to hundredths, and turn a whole number into an int; all points are shown and added like this."""
    rounded = round(points, 2)
    return int(rounded) if rounded == int(rounded) else rounded


def _sum(points: Iterable[float | None]) -> float:
    return tidy(sum(one or 0 for one in points))


def _check(check: Mapping[str, Any], decision: Decision | None) -> Mapping[str, Any]:
    """Return the check with the points of the decision, if any, and an outcome that fits them.

    All points make it passed, some make it followed through, and none make it failed if it had points before.
    """
    if decision is None:
        return check
    points, outcome = tidy(decision.points), check["outcome"]
    if points == check["points"]:
        outcome = "passed"
    elif points:
        outcome = "followed_through"
    elif outcome in ("passed", "followed_through", "grader_fault"):
        outcome = "failed"
    return {**check, "score": points, "outcome": outcome}


def _without_points(row: Marked) -> set[str]:
    """Return the ids of the checks that have no points yet.

    These are the checks that the grader failed on, or all if the submission was not read or the grader failed as a
    whole.
    """
    checks = row.report["checks"]
    failed = {check["id"] for check in checks if check["outcome"] == "grader_fault"}
    return failed if row.result and (failed or not has_fault(row.report)) else {check["id"] for check in checks}


def _by_question(checks: Iterable[Mapping[str, Any]], without_points: set[str]) -> dict[str, float | None]:
    """Add up the points of each question; None if one of its checks has none yet."""
    points: dict[str, float | None] = dict.fromkeys(QUESTIONS, 0)
    for check in checks:
        so_far = points[check["question"]]
        unknown = so_far is None or check["id"] in without_points
        points[check["question"]] = None if unknown else tidy((so_far or 0) + check["score"])
    return points


def _explanations(row: Marked) -> dict[str, float | None]:
    """Return the points of each explanation that the course gives points for; None if it is not marked yet."""
    decided = {**row.by_hand.written, **row.by_hand.overrides}
    names = settings.load().explanation_points
    return {name: tidy(decided[name].points) if name in decided else None for name in names}


def _taken(lateness: Lateness, earned: float) -> float:
    return tidy(lateness.policy.deduction(lateness.by, earned, possible())) if lateness.policy else 0


def _changes(row: Marked, summed: Mapping[str, float | None]) -> Iterator[Change]:
    """Yield the changes by decisions about checks, questions and explanations.

    ``summed`` has the points of each question as its checks add up.
    """
    without = _without_points(row)
    before: dict[str, float | None] = {
        **{check["id"]: None if check["id"] in without else check["score"] for check in row.report["checks"]},
        **summed,
        **{name: decision.points for name, decision in row.by_hand.written.items()},
    }
    for what, decision in row.by_hand.overrides.items():
        if what != TOTAL and before.get(what) != decision.points:
            yield Change(what, before.get(what), tidy(decision.points), decision.comment, decision.place)
