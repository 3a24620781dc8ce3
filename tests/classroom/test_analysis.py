"""The statistics of a class are what they are called, and a reason to look is one."""

from __future__ import annotations

import numpy as np
import pytest
from assigned import CHECKS
from class_rows_by_hand import OPERATORS, all_of, report, row, unread
from hypothesis import given, settings
from hypothesis import strategies as st

from autograder.classroom.analysis import ClassStatistics, RestScores, Tally
from autograder.classroom.hand_ins import Marked
from autograder.classroom.naming import Names


def statistics(*rows: Marked) -> ClassStatistics:
    tally = Tally(Names())
    for one in rows:
        tally.add(one)
    return tally.statistics()


# --- counting ---------------------------------------------------------------------------------------------------------


def test_every_graded_submission_is_in_one_bar_and_full_marks_have_their_own() -> None:
    found = statistics(row("Ada"), row("Bob", report({"mul.square": ""})), row("Cy", report(all_of(*OPERATORS))))
    assert dict(found.histogram) == {**dict.fromkeys(dict(found.histogram), 0), "100": 1, "90–99": 1, "30–39": 1}
    assert (found.median, round(found.mean, 1)) == (98.0, 77.7)


def test_no_mark_is_no_zero() -> None:
    fault = report({"mul.square": ""}, outcome="grader_fault")
    found = statistics(row("Ada"), row("Bob", fault), unread("Cy", "It is no notebook."))
    assert found.scores == (100,)
    assert (found.students, found.faults, found.not_read) == (3, 1, (("Cy", "It is no notebook."),))
    assert [name for name, count in found.histogram if count] == ["100"]
    assert [one.count for one in found.checks] == [1] * len(CHECKS)


def test_an_empty_class_has_statistics_too() -> None:
    found = statistics()
    assert (found.mean, found.median, found.students) == (0.0, 0.0, 0)


def test_a_misconception_counts_once_a_student_and_says_by_whom() -> None:
    twice = report({"mul.accumulates": "mul.overwrites", "mul.square": "mul.overwrites"})
    once = report({"relu.local_gradient": "relu.leaky"})
    found = statistics(row("Bob", twice), row("Ada", twice), row("Cy", once))
    assert found.misconceptions == (("mul.overwrites", ("Ada", "Bob")), ("relu.leaky", ("Cy",)))


def test_a_check_that_was_not_reached_neither_passed_nor_failed() -> None:
    found = statistics(row("Ada"), row("Bob", report(all_of("training"), outcome="not_reached")))
    training = next(one for one in found.checks if one.check.id == "training.trajectory")
    assert (training.passed, training.failed, training.rest, training.share) == (1, 0, 1, 0.5)


def test_points_that_followed_through_are_no_pass_and_no_part_of_the_rest() -> None:
    followed = report(all_of("training"), outcome="followed_through")
    for check in followed["checks"]:
        check["score"] = 2 * check["points"] // 3 if check["question"] == "training" else check["score"]
    followed["score"] = sum(check["score"] for check in followed["checks"])
    found = statistics(*(row(f"S{k}", followed if k % 2 else report()) for k in range(24)))
    [training] = [one for one in found.checks if one.check.id == "training.first_gradient"]
    assert (training.passed, training.followed, training.failed, training.rest) == (12, 12, 0, 0)
    assert training.discrimination == pytest.approx(1.0)  # on the three others


def test_the_times_of_all_graded_submissions_are_shown() -> None:
    found = statistics(*(row(f"S{k}", report(seconds=k * 9.0)) for k in range(20)))
    assert sum(count for _, count in found.times) == 20
    assert found.times[-1] == ("over 128 s", 5)
    assert found.slowest[0] == ("S19", 171.0)
    assert found.seconds == pytest.approx(sum(k * 9.0 for k in range(20)))


def test_a_changed_score_is_listed_before_and_now() -> None:
    found = statistics(row("Ada", before=100), row("Bob", before=98), row("Cy"))
    assert found.changed == (("Bob", 98, 100),)


def test_lateness_and_other_versions_are_told_but_are_no_reason_to_look() -> None:
    found = statistics(row("Ada", late=True, notes=("Two versions.",)))
    assert found.handed_in == (("Ada", ("handed in late", "Two versions.")),)
    assert found.to_look_at == ()


# --- discrimination ---------------------------------------------------------------------------------------------------


@settings(max_examples=100, deadline=None)
@given(st.lists(st.tuples(st.integers(0, 90), st.booleans()), min_size=20, max_size=60))
def test_discrimination_is_the_correlation_of_the_check_with_the_rest(marks: list[tuple[int, bool]]) -> None:
    passed = np.array([ok for _, ok in marks])
    rest = np.array([score for score, _ in marks])
    rests = RestScores()
    for score, ok in marks:
        rests.add(score, passed=ok)
    found = rests.discrimination
    if len(set(passed)) == 1 or len(set(rest)) == 1:
        assert found is None
    else:
        assert found == pytest.approx(np.corrcoef(passed, rest)[0, 1], abs=1e-6)


def test_a_small_class_says_nothing_about_a_check() -> None:
    found = statistics(*(row(f"S{k}", report({"mul.square": ""} if k % 2 else {})) for k in range(19)))
    assert {one.discrimination for one in found.checks} == {None}
    assert {one.verdict for one in found.checks} == {""}


def test_checks_that_do_not_tell_students_apart_say_why() -> None:
    def marks(k: int) -> dict[str, str]:
        weak = all_of("pow", "relu", "training") if k % 2 else {}
        return weak | ({"mul.square": ""} if k % 4 < 2 else {}) | {"test_vs_train.choice_2": ""}

    found = {one.check.id: one for one in statistics(*(row(f"S{k}", report(marks(k))) for k in range(24))).checks}
    assert found["mul.forward"].verdict == "everybody passes"
    assert found["test_vs_train.choice_2"].verdict == "nobody passes"
    assert found["mul.square"].verdict == "tells little"
    assert found["relu.forward"].verdict == ""
    assert found["relu.forward"].discrimination == pytest.approx(1, abs=0.05)
