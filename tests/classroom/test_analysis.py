"""The statistics of a class are what they are called, and a reason to look is one."""

from __future__ import annotations

import numpy as np
import pytest
from assigned import CHECKS
from class_rows_by_hand import OPERATORS, all_of, report, row, unread
from hypothesis import given, settings
from hypothesis import strategies as st

from autograder.classroom.analysis import ClassStatistics, Tally
from autograder.classroom.hand_ins import Marked
from autograder.classroom.naming import Names
from autograder.classroom.points import spread


def statistics(*rows: Marked) -> ClassStatistics:
    tally = Tally(Names())
    for one in rows:
        tally.add(one)
    return tally.statistics()


# --- counting ---------------------------------------------------------------------------------------------------------


def test_every_graded_submission_is_in_one_bar_and_full_marks_have_their_own() -> None:
    found = statistics(row("Ada"), row("Bob", report({"mul.square": ""})), row("Cy", report(all_of(*OPERATORS))))
    bars = dict(found.total.histogram)
    assert bars == {**dict.fromkeys(bars, 0), "100": 1, "90–99": 1, "30–39": 1}
    assert (found.total.median, round(found.total.mean, 1)) == (98.0, 77.7)


def test_no_mark_is_no_zero() -> None:
    fault = report({"mul.square": ""}, outcome="grader_fault")
    found = statistics(row("Ada"), row("Bob", fault), unread("Cy", "It is no notebook."))
    assert found.scores == (100,)
    assert (found.students, found.faults, found.not_read) == (3, 1, (("Cy", "It is no notebook."),))
    assert [name for name, count in found.total.histogram if count] == ["100"]
    assert [one.count for one in found.checks] == [1] * len(CHECKS)


def test_an_empty_class_has_statistics_too() -> None:
    found = statistics()
    assert (found.total.mean, found.total.median, found.students) == (0.0, 0.0, 0)


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
    assert training.discrimination and training.discrimination.value == pytest.approx(1.0)  # on the three others


def test_the_times_of_all_graded_submissions_are_shown() -> None:
    found = statistics(*(row(f"S{k}", report(seconds=k * 9.0)) for k in range(20)))
    assert sum(count for _, count in found.times) == 20
    assert found.times[-1] == ("over 128 s", 5)
    assert found.slowest[0] == ("S19", 171.0)
    assert found.seconds == pytest.approx(sum(k * 9.0 for k in range(20)))


def test_who_is_judged_otherwise_is_listed_before_and_now_with_the_reasons() -> None:
    same, other = report(), report({"mul.square": ""})
    found = statistics(row("Ada", judged_before=same), row("Bob", judged_before=other), row("Cy"))
    assert found.changed == (("Bob", 98, 100, ("mul.square: 0 of 2 -> 2 of 2: failed before, passed now",)),)


def test_lateness_and_other_versions_are_told_but_are_no_reason_to_look() -> None:
    found = statistics(row("Ada", late=True, notes=("Two versions.",)))
    assert found.handed_in == (("Ada", ("handed in late", "Two versions.")),)
    assert found.to_look_at == ()


# --- discrimination ---------------------------------------------------------------------------------------------------


def test_a_small_class_says_nothing_about_a_check() -> None:
    found = statistics(*(row(f"S{k}", report({"mul.square": ""} if k % 2 else {})) for k in range(9)))
    assert {one.discrimination for one in found.checks} == {None}
    assert {one.verdict for one in found.checks} == {""}


def test_checks_that_do_not_tell_students_apart_say_why() -> None:
    def marks(k: int) -> dict[str, str]:
        weak = all_of("pow", "relu", "training") if k % 2 else {}
        return weak | ({"mul.square": ""} if k % 4 < 2 else {}) | {"test_vs_train.choice_2": ""}

    found = {one.check.id: one for one in statistics(*(row(f"S{k}", report(marks(k))) for k in range(120))).checks}
    assert found["mul.forward"].verdict == "everybody passes"
    assert found["test_vs_train.choice_2"].verdict == "nobody passes"
    assert found["mul.square"].verdict == "tells little"
    assert found["relu.forward"].verdict == ""
    assert found["relu.forward"].discrimination
    assert found["relu.forward"].discrimination.value == pytest.approx(1, abs=0.05)


def test_a_class_too_small_to_be_sure_says_perhaps() -> None:
    lost = [{"mul.square": ""} if k % 4 < 2 else {} for k in range(12)]
    marks = [report(one | ({"pow.node": ""} if k % 2 else {})) for k, one in enumerate(lost)]
    found = statistics(*(row(f"S{k}", one) for k, one in enumerate(marks)))
    [square] = [one for one in found.checks if one.check.id == "mul.square"]
    assert square.verdict.startswith("perhaps ")
    assert square.discrimination and square.discrimination.low < square.discrimination.value < 0.2
    assert square.discrimination.high > 0.2


# --- points -----------------------------------------------------------------------------------------------------------


def test_each_question_has_its_mean_its_deviation_and_its_bars() -> None:
    found = statistics(row("Ada"), row("Bob", report({"mul.square": ""})), row("Cy", report(all_of("mul"))))
    [first, *_] = found.questions
    assert (first.name, first.most, first.points) == ("mul", 26, (0, 24, 26))
    assert first.mean == pytest.approx(np.mean([0, 24, 26]))
    assert first.deviation == pytest.approx(np.std([0, 24, 26], ddof=1))
    assert first.histogram == [("0–4", 1), ("5–9", 0), ("10–14", 0), ("15–19", 0), ("20–25", 1), ("26", 1)]
    assert [one.name for one in found.questions] == [*OPERATORS, "training", "test_vs_train"]


def test_one_submission_has_no_deviation() -> None:
    assert {one.deviation for one in statistics(row("Ada")).questions} == {None}


@settings(max_examples=100, deadline=None)
@given(st.integers(1, 130), st.lists(st.floats(0, 1), max_size=40), st.integers(1, 12))
def test_every_number_of_points_is_in_one_bar(most: int, shares: list[float], bars: int) -> None:
    found = spread("x", most, [round(share * most, 2) for share in shares], min(bars, most))
    assert sum(count for _, count in found.histogram) == len(shares)
    assert dict(found.histogram)[str(most)] >= shares.count(1.0)
    assert len({name for name, _ in found.histogram}) == min(bars, most) + 1
