"""The statistics of a class are what they are called, and a reason to look is one."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from assigned import CHECKS, grade_submission, read_submission
from class_rows_by_hand import OPERATORS, all_of, answers, report, row, unread
from hypothesis import given, settings
from hypothesis import strategies as st
from specimens import specimen_of, specimens, write

from autograder.classroom import review_reasons
from autograder.classroom.analysis import ClassStatistics, Tally, discrimination
from autograder.classroom.hand_ins import HandIn, Marked, Student
from autograder.classroom.naming import Names
from autograder.classroom.review_reasons import reasons_to_look
from autograder.vocabulary import Isolation, Report, Sign, Step


def statistics(*rows: Marked) -> ClassStatistics:
    tally = Tally(Names())
    for one in rows:
        tally.add(one)
    return tally.statistics()


def with_cells(*cells: str) -> Marked:
    return row("Ada", cells=(*answers(), *cells))


# --- counting ---------------------------------------------------------------------------------------------------------


def test_every_graded_submission_is_in_one_bar_and_full_marks_have_their_own() -> None:
    found = statistics(row("Ada"), row("Bob", report({"mul.square": ""})), row("Cy", report(all_of(*OPERATORS))))
    assert dict(found.histogram) == {**dict.fromkeys(dict(found.histogram), 0), "100": 1, "90–99": 1, "30–39": 1}
    assert (found.median, round(found.mean, 1)) == (98.0, 77.3)


def test_no_mark_is_no_zero() -> None:
    fault = report({"mul.square": ""}, outcome="grader_fault")
    found = statistics(row("Ada"), row("Bob", fault), unread("Cy", "It is no notebook."))
    assert found.scores == (100,)
    assert (found.students, found.faults, found.not_read) == (3, 1, (("Cy", "It is no notebook."),))
    assert [name for name, count in found.histogram if count] == ["100"]
    assert [one.passed + one.failed + one.rest for one in found.checks] == [1] * len(CHECKS)


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
@given(st.lists(st.tuples(st.integers(0, 90), st.booleans()), min_size=20, max_size=60), st.integers(1, 10))
def test_discrimination_is_the_correlation_of_the_check_with_the_rest(
    marks: list[tuple[int, bool]], points: int
) -> None:
    passed = np.array([ok for _, ok in marks])
    rest = np.array([score for score, _ in marks])
    scores = [int(score) + points * bool(ok) for score, ok in zip(rest, passed, strict=True)]
    of_passed = sum(score for score, ok in zip(scores, passed, strict=True) if ok)
    found = discrimination(scores, points, int(passed.sum()), of_passed)
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


# --- reasons to look --------------------------------------------------------------------------------------------------


def test_a_usual_submission_gives_no_reason() -> None:
    assert reasons_to_look(row("Ada")) == []
    assert reasons_to_look(unread("Ada", "It is no notebook.")) == []


def test_none_of_the_gallerys_right_answers_gives_a_reason_but_those_that_have_one() -> None:
    given = {}
    for specimen in specimens("right"):
        cells = ["".join(cell["source"]) for cell in specimen.notebook()["cells"] if cell["cell_type"] == "code"]
        if reasons := reasons_to_look(row("Ada", cells=cells)):
            given[specimen.name] = reasons
    assert given == {
        "right/counter_and_logging": ["results may differ from run to run: its operators use global"],
        "right/two_modules_in_one_import": ["imports torch"],
    }


@pytest.mark.parametrize(
    "cell, reason",
    [
        ("import socket, os.path", "imports os, socket"),
        ("def f():\n    from ctypes import CDLL", "imports ctypes"),
        ("from . import friend", "imports ."),
        ("import torch\nthis is not Python", "imports torch"),
        ("x = eval('1')\nopen('/etc/passwd')", "calls eval, open"),
        ("f = sys._getframe()", "reaches into Python's insides: _getframe"),
    ],
)
def test_unusual_code_is_a_reason(cell: str, reason: str) -> None:
    assert reason in reasons_to_look(with_cells(cell))


@pytest.mark.parametrize("cell", ['"""\nfrom the output\nimport tax\n"""', "# import os\nx = 1", "%matplotlib inline"])
def test_words_in_a_text_are_no_imports(cell: str) -> None:
    assert reasons_to_look(with_cells(cell)) == []


@pytest.mark.parametrize(
    "mul, words",
    [
        ("def __mul__(self, other):\n    return Value(self.data * other.data + random.random() * 0)", "random"),
        ("def product(a, b):\n    global n\n    n += 1\n    return a\n\nsetattr(Value, '__mul__', product)", "global"),
        ("def late(a):\n    return time.time()\n\ndef f(a, b):\n    return late(a)\n\nValue.__mul__ = f", "time"),
        ("__mul__ = lambda a, b: secrets.choice([a, b])", "choice, secrets"),
    ],
)
def test_operators_that_may_differ_from_run_to_run_are_a_reason(mul: str, words: str) -> None:
    assert f"results may differ from run to run: its operators use {words}" in reasons_to_look(
        row("Ada", cells=answers(mul=mul))
    )


def test_a_seed_outside_the_operators_is_no_reason() -> None:
    assert reasons_to_look(with_cells("import random\nrandom.seed(7)\nt = time.time()")) == []


def test_a_training_that_does_not_follow_right_operators_is_a_reason() -> None:
    state = "every check of the methods passes, yet training does not follow"
    assert any(state in one for one in reasons_to_look(row("Ada", report({"training.trajectory": ""}))))
    assert not any(
        state in one
        for one in reasons_to_look(row("Ada", report({"training.trajectory": "", "mul.square": ""})))
        + reasons_to_look(row("Ada", report(all_of("training"), outcome="not_reached")))
    )


def test_a_fault_of_the_grader_and_a_missing_wall_are_reasons() -> None:
    assert reasons_to_look(row("Ada", report({"pow.chained": ""}, outcome="grader_fault"))) == [
        "the grader failed on pow.chained: no mark yet"
    ]
    everything = {check.id: "" for check in CHECKS}
    assert reasons_to_look(row("Ada", report(everything, outcome="grader_fault"))) == ["the grader failed: no mark yet"]
    bare = Report("x", (), Isolation((), (Step.OWN_UID, Step.NETWORK_NAMESPACE))).to_json()
    assert "graded without own uid" in reasons_to_look(row("Ada", bare))


def test_every_sign_of_a_report_gives_a_reason() -> None:
    assert set(review_reasons.SIGNS) == set(Sign) - {Sign.GRADER_FAULT}  # which is told check by check


@pytest.mark.parametrize(
    "specimen, reason",
    [
        ("hostile/forge_os_exit_at_load", "a statement ended the program while it was loaded"),
        ("hostile/forge_reply_in_operator", "a check wrote to the grader's channel"),
    ],
)
def test_what_hostile_code_did_is_a_reason(specimen: str, reason: str, tmp_path: Path) -> None:
    path = write(specimen_of(specimen).notebook(), tmp_path / "autodiff.ipynb")
    submission = read_submission(path)
    graded = grade_submission(submission).to_json()
    assert reason in reasons_to_look(Marked(HandIn(Student("x", "x"), path), graded, "key", submission.cells))
