"""Submissions that a person should look at, each with its reasons."""

from __future__ import annotations

from pathlib import Path

import pytest
from assigned import CHECKS, grade_submission, read_submission
from class_rows_by_hand import all_of, answers, report, row, unread
from specimens import specimen_of, specimens, write

from autograder.classroom import review_reasons
from autograder.classroom.hand_ins import HandIn, Marked, Student
from autograder.classroom.review_reasons import reasons_to_look
from autograder.vocabulary import Isolation, Report, Sign, Step


def with_cells(*cells: str) -> Marked:
    return row("Ada", cells=(*answers(), *cells))


def test_a_usual_submission_gives_no_reason() -> None:
    assert reasons_to_look(row("Ada")) == ()
    assert reasons_to_look(unread("Ada", "It is no notebook.")) == ()


def test_none_of_the_gallerys_right_answers_gives_a_reason_but_those_that_have_one() -> None:
    given = {}
    for specimen in specimens("right"):
        cells = ["".join(cell["source"]) for cell in specimen.notebook()["cells"] if cell["cell_type"] == "code"]
        if reasons := reasons_to_look(row("Ada", cells=cells)):
            given[specimen.name] = reasons
    assert given == {
        "right/counter_and_logging": ("results may differ from run to run: its operators use global",),
        "right/two_modules_in_one_import": ("imports torch",),
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
    assert reasons_to_look(with_cells(cell)) == ()


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
    assert reasons_to_look(with_cells("import random\nrandom.seed(7)\nt = time.time()")) == ()


def test_a_training_that_does_not_follow_right_operators_is_a_reason() -> None:
    state = "every check of the methods passes, yet training does not follow"
    assert any(state in one for one in reasons_to_look(row("Ada", report({"training.trajectory": ""}))))
    assert not any(
        state in one
        for one in reasons_to_look(row("Ada", report({"training.trajectory": "", "mul.square": ""})))
        + reasons_to_look(row("Ada", report(all_of("training"), outcome="not_reached")))
    )


def test_a_fault_of_the_grader_and_a_missing_wall_are_reasons() -> None:
    assert reasons_to_look(row("Ada", report({"pow.chained": ""}, outcome="grader_fault"))) == (
        "the grader failed on pow.chained: no mark yet",
    )
    everything = {check.id: "" for check in CHECKS}
    assert reasons_to_look(row("Ada", report(everything, outcome="grader_fault"))) == (
        "the grader failed: no mark yet",
    )
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
