"""A mark is made in one place: of the grader's points, what people decided, and what lateness takes."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import timedelta

import pytest
from assigned import CHECKS
from class_rows_by_hand import report, row, unread

from autograder import settings
from autograder.classroom.hand_ins import ByHand, Decision, Lateness, Marked
from autograder.classroom.marks import Mark, mark_of, tidy
from autograder.plain_words import policy

FIRST = CHECKS[0]
LATE = Lateness(timedelta(hours=30), policy("10% per day"), "30 hours late")


@pytest.fixture
def with_explanations(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    course = replace(settings.load(), explanation_points={"explain_1": 5, "explain_2": 2.5})
    monkeypatch.setattr(settings, "load", lambda: course)
    yield


def mark(one: Marked, points: Mapping[str, float] | None = None, lateness: Lateness | None = None) -> Mark:
    """The mark after the decisions that give these points."""
    overrides = {name: Decision(number, "a reason", "line 2") for name, number in (points or {}).items()}
    return mark_of(replace(one, by_hand=ByHand(overrides, lateness=lateness or Lateness())))


def test_without_decisions_the_mark_is_the_graders() -> None:
    found = mark_of(row("Ada", report({FIRST.id: ""})))
    assert (found.graded, found.total, found.possible) == (100 - FIRST.points, 100 - FIRST.points, 100)
    assert (found.changes, found.deduction, found.explanations) == ((), 0, {})
    assert sum(points or 0 for points in found.questions.values()) == found.total


def test_a_decision_about_a_check_changes_it_its_question_and_the_total() -> None:
    one = row("Ada", report({FIRST.id: "", "pow.chained": ""}))
    found, before = mark(one, {FIRST.id: 1}), mark_of(one)
    assert found.total == (before.total or 0) + 1
    assert found.questions[FIRST.question] == (before.questions[FIRST.question] or 0) + 1
    assert found.graded == before.graded
    assert [str(change) for change in found.changes] == [f"{FIRST.id}: 0 -> 1 (a reason)"]
    assert found.checks[0]["outcome"] == "followed_through"


def test_a_check_with_all_its_points_has_passed_and_one_that_lost_them_failed() -> None:
    given = mark(row("Ada", report({FIRST.id: ""})), {FIRST.id: FIRST.points})
    taken = mark(row("Ada"), {FIRST.id: 0})
    assert (given.checks[0]["outcome"], given.total) == ("passed", 100)
    assert (taken.checks[0]["outcome"], taken.total) == ("failed", 100 - FIRST.points)


def test_a_question_counts_before_its_checks_and_the_total_before_all() -> None:
    one = row("Ada", report({FIRST.id: ""}))
    question = mark(one, {FIRST.id: 1, FIRST.question: 7})
    assert question.questions[FIRST.question] == 7
    total = mark(one, {FIRST.id: 1, FIRST.question: 7, "total": 55})
    assert (total.total, total.questions[FIRST.question]) == (55, 7)
    assert [change.what for change in total.changes] == [FIRST.id, FIRST.question, "total"]
    assert total.changes[-1].before == question.total


def test_lateness_takes_from_what_was_earned_but_not_from_a_decided_total() -> None:
    one = row("Ada", report({FIRST.id: ""}))
    late = mark(one, lateness=LATE)
    assert (late.before_lateness, late.deduction, late.total) == (100 - FIRST.points, 20, 80 - FIRST.points)
    assert str(late.changes[-1]).endswith("(30 hours late)")
    decided = mark(one, {"total": 90}, LATE)
    assert (decided.total, decided.deduction) == (90, 0)


def test_what_was_not_read_has_no_mark_until_a_person_gives_one() -> None:
    one = unread("Ada", "It is no notebook.")
    assert (mark_of(one).total, mark_of(one).graded) == (None, None)
    assert mark(one, {FIRST.id: 1}).total is None
    assert mark(one, {"total": 40}).total == 40
    assert str(mark(one, {"total": 40}).changes[0]) == "total: no mark -> 40 (a reason)"


def test_a_fault_of_the_grader_is_mended_by_points_for_what_it_failed_on() -> None:
    one = row("Ada", report({FIRST.id: "", "pow.chained": ""}, outcome="grader_fault"))
    assert mark(one, {FIRST.id: 1}).total is None
    mended = mark(one, {FIRST.id: FIRST.points, "pow.chained": 0})
    chained = next(check.points for check in CHECKS if check.id == "pow.chained")
    assert (mended.total, mended.graded) == (100 - chained, None)
    assert mended.changes[0].before is None


def test_explanations_add_their_points_once_they_are_marked(with_explanations: None) -> None:
    one = row("Ada", explanations={"explain_1": "Because."})
    assert (mark_of(one).total, mark_of(one).possible) == (100, 107.5)
    assert mark_of(one).explanations == {"explain_1": None, "explain_2": None}
    marked = replace(one, by_hand=ByHand(written={"explain_1": Decision(4)}))
    assert (mark_of(marked).total, mark_of(marked).changes) == (104, ())
    corrected = replace(one, by_hand=ByHand({"explain_1": Decision(2.5)}, {"explain_1": Decision(4)}))
    assert (mark_of(corrected).total, str(mark_of(corrected).changes[0])) == (102.5, "explain_1: 4 -> 2.5")


def test_whole_numbers_stay_whole_and_others_have_two_places() -> None:
    assert [repr(tidy(points)) for points in (12.0, 0.1 + 0.2, 7)] == ["12", "0.3", "7"]
