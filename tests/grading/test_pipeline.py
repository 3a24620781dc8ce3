"""The way through with the real sandbox: what each kind of submission gets; a fault of ours is never a zero."""

from __future__ import annotations

import json
from collections import Counter
from dataclasses import replace
from pathlib import Path

import pytest
from assigned import CHECKS, grade
from specimens import answer_name, skeleton, with_answers, write

from autograder import settings
from autograder.grading import pipeline
from autograder.sandbox.sandbox import SandboxFault
from autograder.vocabulary import Assignment, Report, Sign, Step

pytestmark = [pytest.mark.xdist_group("grading"), pytest.mark.long]  # the solution is graded once

HANG = "import time\ndef {name}(self, other=None):\n    time.sleep(3600)\n\n\nsetattr(Value, '{name}', {name})"


def outcome(report: Report, id: str) -> str:
    return next(o.outcome for o in report.outcomes if o.check.id == id)


@pytest.fixture(scope="module")
def solution(tmp_path_factory: pytest.TempPathFactory) -> Report:
    epochs: list[tuple[int, float]] = []
    path = write(with_answers(), tmp_path_factory.mktemp("solution") / "autodiff.ipynb")
    report = grade(path, progress=lambda epoch, epochs_in_all, loss: epochs.append((epoch, loss)))
    assert [epoch for epoch, _ in epochs] == list(range(1, 11))
    assert epochs[0][1] == pytest.approx(497.6749, abs=1e-3)
    assert epochs[-1][1] == pytest.approx(96.4032, abs=1e-3)
    return report


def test_the_solution_gets_every_point(solution: Report) -> None:
    assert [o.check.id for o in solution.outcomes if o.outcome != "passed"] == []
    assert (solution.score, solution.max_score) == (100, 100)


def test_the_report_is_plain_json_with_the_fixed_fields(solution: Report) -> None:
    report = json.loads(json.dumps(solution.to_json(), allow_nan=False))
    assert list(report) == [
        "schema", "submission", "score", "max_score", "isolation", "seconds", "notes", "for_staff", "signs", "checks",
    ]  # fmt: skip
    assert list(report["checks"][0]) == [
        "id", "question", "title", "points", "score", "outcome", "visibility", "message", "hint", "misconception",
    ]  # fmt: skip
    assert [check["id"] for check in report["checks"]] == [check.id for check in CHECKS]


def test_the_report_names_the_isolation_that_held(solution: Report) -> None:
    assert {Step.OWN_UID, Step.LANDLOCK, Step.SECCOMP} <= set(solution.isolation.applied)


def test_the_written_explanations_go_to_the_staff(solution: Report) -> None:
    assert [note.split(": ")[0] for note in solution.notes_for("staff")] == ["explain_1", "explain_2"]


def test_the_blank_skeleton_gets_nothing_and_is_not_attempted(tmp_path: Path) -> None:
    report = grade(write(skeleton(), tmp_path / "autodiff.ipynb"))
    assert report.score == 0
    outcomes = Counter(o.outcome for o in report.outcomes if o.check.question != "training")
    assert set(outcomes) == {"not_attempted"}
    assert {o.outcome for o in report.outcomes if o.check.question == "training"} == {"not_reached"}


def test_a_refused_file_gets_a_report_with_the_reason(tmp_path: Path) -> None:
    path = tmp_path / "autodiff.ipynb"
    path.write_text("this is no notebook")
    report = grade(path)
    assert report.score == 0 and report.max_score == 100
    assert len(report.notes) == 1 and "notebook" in report.notes[0].text


def test_a_missing_file_is_wrong_usage(tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError):
        grade(tmp_path / "none.ipynb")


def test_an_operator_that_hangs_costs_two_limits_and_only_its_own_points(tmp_path: Path) -> None:
    report = grade(write(with_answers(("pow", HANG.format(name="__pow__"))), tmp_path / "a.ipynb"))
    assert outcome(report, "mul.shared_graph") == outcome(report, "relu.used_twice") == "passed"
    assert outcome(report, "pow.forward") == "failed"
    assert outcome(report, "pow.accumulates") == "not_reached"
    assert outcome(report, "training.trajectory") == "not_reached"
    assert report.seconds < 15


def test_one_blank_operator_costs_only_what_needs_it(tmp_path: Path) -> None:
    blank = next("".join(cell["source"]) for cell in skeleton()["cells"] if answer_name(cell) == "relu")
    report = grade(write(with_answers(("relu", blank)), tmp_path / "a.ipynb"))
    by_question = {o.check.question: o.outcome for o in report.outcomes}
    assert by_question == {
        "mul": "passed", "pow": "passed", "relu": "not_attempted", "training": "not_reached", "test_vs_train": "passed",
    }  # fmt: skip


def test_the_same_submission_gets_the_same_report(tmp_path: Path) -> None:
    wrong = (
        "def __mul__(self, other):\n    return Value(self.data + 1, (self,))\n\n\nsetattr(Value, '__mul__', __mul__)"
    )
    path = write(with_answers(("mul", wrong)), tmp_path / "a.ipynb")
    first, second = grade(path).to_json(), grade(path).to_json()
    assert first | {"seconds": 0} == second | {"seconds": 0}
    assert 0 < first["score"] < 100


def test_a_redesigned_value_is_graded_as_submitted_and_flagged(tmp_path: Path, short_training: Assignment) -> None:
    redesign = """
class Base:
    def __init__(self, data, _children=()):
        self.data, self.grad, self._prev = float(data), 0, set(_children)
        self._backward = lambda: None

    def backward(self):
        order, seen = [], set()

        def visit(node):
            if node not in seen:
                seen.add(node)
                for child in node._prev:
                    visit(child)
                order.append(node)

        visit(self)
        self.grad = 1
        for node in reversed(order):
            node._backward()


class Value(Base):
    def _binary(self, data, pairs):
        out = Value(data, [child for child, _ in pairs])

        def _backward():
            for child, slope in pairs:
                super(Value, child).__getattribute__("__dict__")["grad"] += slope * out.grad

        out._backward = _backward
        return out

    def __add__(self, other):
        other = other if isinstance(other, Value) else Value(other)
        return self._binary(self.data + other.data, [(self, 1), (other, 1)])

    def __mul__(self, other):
        other = other if isinstance(other, Value) else Value(other)
        return self._binary(self.data * other.data, [(self, other.data), (other, self.data)])

    def __pow__(self, n):
        return Value.__new_power__(self, n)

    def relu(self):
        return self._binary(max(self.data, 0.0), [(self, float(self.data > 0))])

    __radd__, __rmul__ = __add__, __mul__
    __new_power__ = lambda self, n: self._binary(self.data**n, [(self, n * self.data ** (n - 1))])
"""
    blank = [("mul", redesign), ("pow", ""), ("relu", "")]
    report = grade(write(with_answers(*blank), tmp_path / "a.ipynb"), assignment=short_training)
    operators = [o for o in report.outcomes if o.check.question in ("mul", "pow", "relu")]
    assert [o.check.id for o in operators if o.outcome != "passed"] == []
    assert report.signs == [Sign.AS_SUBMITTED]


def test_a_fault_of_the_grader_is_never_a_zero(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(*args: object, **kwargs: object) -> None:
        raise SandboxFault("no process could be started")

    monkeypatch.setattr(pipeline, "Sandbox", broken)
    report = grade(write(with_answers(), tmp_path / "a.ipynb"))
    assert {o.outcome for o in report.outcomes if o.check.question != "test_vs_train"} == {"grader_fault"}
    assert {o.outcome for o in report.outcomes if o.check.question == "test_vs_train"} == {"passed"}
    assert pipeline.GRADER_FAULT in report.notes_for("student") and report.signs == [Sign.GRADER_FAULT]


def test_a_wrong_trajectory_is_stopped_early(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    course = replace(settings.load(), follow_through=False)
    monkeypatch.setattr(settings, "load", lambda: course)
    for_small_numbers = """
def __mul__(self, other):
    other = other if isinstance(other, Value) else Value(other)
    out = Value(min(self.data * other.data, 20.0), (self, other))

    def _backward():
        self.grad += other.data * out.grad
        other.grad += self.data * out.grad

    out._backward = _backward
    return out
"""
    epochs: list[int] = []
    path = write(with_answers(("mul", for_small_numbers)), tmp_path / "a.ipynb")
    report = grade(path, progress=lambda epoch, epochs_in_all, loss: epochs.append(epoch))
    assert outcome(report, "mul.local_gradients") == "passed"
    assert outcome(report, "training.trajectory") == outcome(report, "training.loss_falls") == "failed"
    assert epochs == []
    message = next(o.message for o in report.outcomes if o.check.id == "training.loss_falls")
    assert "stopped after epoch 1" in message
