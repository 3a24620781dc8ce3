"""The student release, as a student uses it: unpacked, in the notebook, under pytest, without otter or our package."""

from __future__ import annotations

import ast
import json
import os
import shutil
import subprocess
import sys
import zipfile
from collections.abc import Callable
from copy import deepcopy
from functools import cache
from pathlib import Path
from types import ModuleType
from typing import Any

import nbformat
import pytest
from assigned import FAULTS, QUESTIONS, expected, observed_on_reference
from nbclient import NotebookClient
from notebooks_by_hand import code
from specimens import ROOT, skeleton, write

from autograder.authoring import build, handout
from autograder.authoring.source_file import Notebook
from autograder.autodiff.sealed.reference_engine import engine
from autograder.grading import compare

POINTS = {question: sum(c.points for c in handout.public_checks() if c.question == question) for question in QUESTIONS}
WITHOUT_TRAINING = sum(POINTS.values()) - POINTS["training"]
SECONDS = 60
"""Any one process here takes a few seconds."""

WINDOWS = {"PYTHONIOENCODING": "cp1252"}
ALONE = """
import runpy, sys
sys.modules.update(dict.fromkeys(["otter", "autograder", "jupytext", "nbformat"]))  # None: cannot be imported
sys.argv = sys.argv[1:]
sys.path.insert(0, "")
run = runpy.run_path if sys.argv[0].endswith(".py") else runpy.run_module
run(sys.argv[0], run_name="__main__")
"""


def run(folder: Path, *arguments: str, **environment: str) -> subprocess.CompletedProcess[str]:
    """Run a module or a script in ``folder`` without otter, the autograder and the plugins of our pytest."""
    settings = {
        "PYTEST_DISABLE_PLUGIN_AUTOLOAD": "1",
        "PYTHONDONTWRITEBYTECODE": "1",
        "PYTHONIOENCODING": "utf-8",
        **environment,
    }
    return subprocess.run(
        [sys.executable, "-c", ALONE, *arguments],
        cwd=folder,
        env={**os.environ, **settings},
        stdin=subprocess.DEVNULL,
        capture_output=True,
        encoding=settings["PYTHONIOENCODING"],
        timeout=SECONDS,
    )


@cache
def solution_notebook() -> Notebook:
    return build.solution_notebook(ROOT)


def fill_in(folder: Path, change: Callable[[str], str] = lambda source: source) -> None:
    """Put the solution into the notebook of ``folder``, with every code cell changed by ``change``."""
    solution = deepcopy(solution_notebook())
    for cell in solution.cells:
        if cell.cell_type == "code":
            cell.source = change(cell.source)
    (folder / "autodiff.ipynb").write_text(build.as_text(solution), encoding="utf-8")


def full_marks(question: str) -> str:
    return (
        f"Public checks passed: {POINTS[question]} of {POINTS[question]} points; the hidden ones run when you submit."
    )


def without_upstream(source: str) -> str:
    return source.replace("other.data * out.grad", "other.data")


@pytest.fixture(scope="module")
def wrong_rule(released: Path, tmp_path_factory: pytest.TempPathFactory) -> subprocess.CompletedProcess[str]:
    """What pytest says, in a console without our marks, of a product without the upstream gradient and its training."""
    folder = shutil.copytree(released, tmp_path_factory.mktemp("wrong") / "autodiff")
    fill_in(folder, without_upstream)
    return run(folder, "pytest", "--training", "-rs", **WINDOWS)


# --- the zip ------------------------------------------------------------------------------------------------------


def test_the_zip_is_the_same_to_the_byte_each_time(tmp_path: Path) -> None:
    handout.release(ROOT, tmp_path / "a.zip")
    handout.release(ROOT, tmp_path / "b.zip")
    assert (tmp_path / "a.zip").read_bytes() == (tmp_path / "b.zip").read_bytes()


def test_the_zip_is_small_to_download(tmp_path: Path) -> None:
    handout.release(ROOT, tmp_path / "student.zip")
    assert (tmp_path / "student.zip").stat().st_size < 120_000


def test_the_zip_holds_the_release_in_one_folder_and_nothing_else(tmp_path: Path) -> None:
    handout.release(ROOT, tmp_path / "student.zip")
    with zipfile.ZipFile(tmp_path / "student.zip") as archive:
        assert archive.namelist() == [f"autodiff/{name}" for name in handout.RELEASED]


@pytest.mark.parametrize(("file", "front_end"), [("", "jupyterlab"), ("-vscode", "ipykernel")])
def test_students_install_only_what_they_need(released: Path, file: str, front_end: str) -> None:
    wanted = (released / f"requirements{file}.txt").read_text(encoding="utf-8").split()
    assert [line.split(">=")[0] for line in wanted] == ["numpy", "matplotlib", "igraph", "pytest", front_end]
    assert wanted[:-1] == (released / "requirements.txt").read_text(encoding="utf-8").split()[:-1]


def test_the_self_check_uses_the_standard_library_only(released: Path) -> None:
    tree = ast.parse((released / "grader.py").read_text(encoding="utf-8"), feature_version=(3, 10))
    names = {alias.name for node in ast.walk(tree) if isinstance(node, ast.Import) for alias in node.names}
    names |= {node.module or "" for node in ast.walk(tree) if isinstance(node, ast.ImportFrom)}
    assert {name.partition(".")[0] for name in names} <= sys.stdlib_module_names


def test_no_name_of_the_self_check_is_defined_twice(released: Path) -> None:
    """It is put together of whole modules: a private name of one must not hide that of another."""
    body = ast.parse((released / "grader.py").read_text(encoding="utf-8")).body
    names = [node.name for node in body if isinstance(node, (ast.FunctionDef, ast.ClassDef))]
    targets = [target for node in body if isinstance(node, ast.Assign) for target in node.targets]
    targets += [node.target for node in body if isinstance(node, ast.AnnAssign)]
    names += [target.id for target in targets if isinstance(target, ast.Name)]
    assert len(names) > 100
    assert [name for name in set(names) if names.count(name) > 1] == []


# --- the blank notebook -------------------------------------------------------------------------------------------


def test_the_blank_notebook_runs_top_to_bottom_and_says_what_is_missing(student: Path) -> None:
    notebook = nbformat.read(student / "autodiff.ipynb", as_version=4)
    client = NotebookClient(notebook, timeout=SECONDS, extra_arguments=["--log-level=ERROR"])
    client.execute(cwd=str(student))
    outputs = [output for cell in notebook.cells for output in cell.get("outputs", [])]
    assert not [output for output in outputs if output.output_type == "error" or output.get("name") == "stderr"]
    printed = "".join(output.get("text", "") for output in outputs)
    assert printed.count("Question mul") >= 3  # the trial of the operators, the training, the houses
    assert "Not yet: the training above has recorded no losses" in printed
    shown = "".join(output["data"]["text/plain"] for output in outputs if "text/html" in output.get("data", {}))
    assert shown.count("Public checks passed: 0 of ") == 5
    assert "The losses of each epoch" not in shown  # a table of nothing
    assert "Not ready to submit." in shown


def complains(done: subprocess.CompletedProcess[str]) -> bool:
    """Tell whether an error was told, or a cell that could not be run."""
    told = done.stdout + done.stderr
    return "Error" in told or "autodiff.ipynb, code cell" in told


def test_pytest_skips_what_is_blank_and_names_it(student: Path) -> None:
    done = run(student, "pytest", "-s", "-rs")
    assert done.returncode == 0, done.stdout + done.stderr
    assert not complains(done)
    assert "passed" not in done.stdout.splitlines()[-1]
    assert "failed" not in done.stdout.splitlines()[-1]
    assert "Still blank: mul, pow, relu, test_vs_train." in done.stdout
    assert f"Public checks passed: 0 of {WITHOUT_TRAINING} points" in done.stdout
    assert "run pytest --training" in done.stdout


def test_the_blank_notebook_earns_nothing_in_the_terminal(student: Path) -> None:
    done = run(student, "grader.py")
    assert done.returncode == 0, done.stderr
    assert not complains(done)
    assert done.stdout.count("Public checks passed: 0 of ") == 4
    assert "not attempted" in done.stdout
    assert "Not ready to submit.\n– Still blank: mul, pow, relu," in done.stdout


# --- what is not run in a terminal --------------------------------------------------------------------------------


@pytest.fixture
def complaints(
    self_check: ModuleType, released: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: Any
) -> Callable[..., list[str]]:
    """A function: what the self-check prints when it loads the notebook, with these cells at its end if any."""
    monkeypatch.syspath_prepend(released)

    def printed(*cells: str) -> list[str]:
        saved = skeleton()
        saved["cells"] += map(code, cells)
        self_check.load_notebook(write(saved, tmp_path / "autodiff.ipynb"))
        out: str = capsys.readouterr().out
        return out.splitlines()

    return printed


@pytest.mark.parametrize(
    "cells",
    [
        (),
        ("x = Value(3)\ny = x + x", "z = y.data", "class Mine:\n    start = z", "def f(start=z):\n    return z"),
        ("for last in load():\n    train(last)", "best = last", "first, *others = best"),
        ("import json", "loaded = json.loads('3')", "half = loaded / 2"),
        (
            "scale = float(2)",
            "class Scaled(Value):\n    def __add__(self, other):\n        return scale * other",
            "scale + 1",
        ),
    ],
)
def test_what_is_not_run_is_not_complained_about(complaints: Callable[..., list[str]], cells: tuple[str, ...]) -> None:
    assert complaints(*cells) == []


def test_a_mistake_is_told_once_and_not_again_where_it_is_missed(complaints: Callable[..., list[str]]) -> None:
    [told] = complaints("ratio = 1 / 0", "half = ratio / 2")
    assert "ZeroDivisionError" in told
    [told] = complaints("x = Value(3)", "x = 2", "x = x + wrong")
    assert "name 'wrong' is not defined" in told


def test_a_method_that_only_a_call_makes_is_told(complaints: Callable[..., list[str]]) -> None:
    [told] = complaints("made = make()", "setattr(Value, '__truediv__', made)")
    assert told.endswith("line 1 attaches made, which only a call in the notebook makes.")


# --- a filled-in notebook -----------------------------------------------------------------------------------------


def test_pytest_passes_on_the_solution_without_training(student: Path) -> None:
    fill_in(student)
    done = run(student, "pytest")
    assert done.returncode == 0, done.stdout
    assert f"{len(handout.public_checks()) - 1} passed, 1 skipped" in done.stdout
    earned = f"Public checks passed: {WITHOUT_TRAINING} of {WITHOUT_TRAINING} points"
    assert f"{earned}; the hidden ones run when you submit." in done.stdout


def test_pytest_trains_on_request_and_shows_each_epoch(student: Path) -> None:
    fill_in(student)
    path = student / "grader.py"
    source = path.read_text(encoding="utf-8")
    path.write_text(source.replace("'epochs': 10", "'epochs': 1"), encoding="utf-8")  # one epoch instead of ten
    done = run(student, "pytest", "--training")
    assert "epoch  1 of 1: training loss = 497.67" in done.stdout
    assert "Expected: first loss from 450 to 550, last loss from 80 to 120" in done.stdout


def test_pytest_fails_on_a_wrong_rule_with_four_lines_and_no_traceback_of_ours(
    wrong_rule: subprocess.CompletedProcess[str],
) -> None:
    assert wrong_rule.returncode == 1
    assert "Each operand of a product receives the right gradient" in wrong_rule.stdout
    assert "Ran: a = Value(3.0); b = Value(-4.0); out = a * b; out.grad = 0.5; out._backward()" in wrong_rule.stdout
    assert "Expected: a.grad = -2, b.grad = 1.5" in wrong_rule.stdout
    assert "Got: a.grad = -4, b.grad = 1.5" in wrong_rule.stdout
    assert "Why it matters: " in wrong_rule.stdout
    assert "grader.py:" not in wrong_rule.stdout


def test_pytest_shows_an_exception_once_and_one_line_for_each_other_check(student: Path) -> None:
    fill_in(student, lambda source: source.replace("* other.data, (self, other)", "* other.data, (self, other), '*'"))
    shown = run(student, "pytest", "-k", "mul").stdout
    failures = shown.partition(" FAILURES ")[2].partition(" short test summary ")[0]
    assert failures.count("but 4 were given") == failures.count("Hint: ") == 1
    assert failures.count("Stops at the same line as above.") == 3  # the others are not reached
    assert len(failures.splitlines()) <= 25


def test_a_training_with_wrong_operators_is_not_reached(wrong_rule: subprocess.CompletedProcess[str]) -> None:
    assert "not reached. Runs once this passes: question mul." in wrong_rule.stdout


def test_one_broken_cell_costs_only_itself(student: Path) -> None:
    fill_in(student, lambda source: source.replace("class Layer", "clas Layer").replace("import csv", "import no_such"))
    done = run(student, "grader.py", "mul", "relu")
    assert full_marks("mul") in done.stdout
    assert full_marks("relu") in done.stdout
    assert "line 1 cannot be read: invalid syntax; lines 1 to" in done.stdout
    assert "no_such" in done.stdout


def test_the_students_own_line_is_shown_when_their_code_raises(student: Path) -> None:
    fill_in(student, lambda source: source.replace("self.data * other.data", "self.dta * other.data"))
    done = run(student, "grader.py", "mul")
    assert "AttributeError: 'Value' object has no attribute 'dta'" in done.stdout
    assert "(in __mul__, line " in done.stdout
    assert "self.dta * other.data" in done.stdout


def test_a_windows_console_without_our_marks_is_no_problem(
    student: Path, wrong_rule: subprocess.CompletedProcess[str]
) -> None:
    fill_in(student, without_upstream)
    for done in (run(student, "grader.py", "mul", **WINDOWS), wrong_rule):
        assert "UnicodeEncodeError" not in done.stdout + done.stderr
        assert "Each operand of a product" in done.stdout
        assert "Public checks passed: " in done.stdout


# --- the words ----------------------------------------------------------------------------------------------------


def namespace(**names: Any) -> dict[str, Any]:
    return {"Value": engine(), **names}


def test_check_finds_the_names_of_the_notebook(self_check: ModuleType, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys.modules["__main__"], "Value", engine(), raising=False)
    result = self_check.check("mul")
    assert repr(result).splitlines()[0] == "Question mul"
    assert repr(result).splitlines()[-1] == full_marks("mul")


@pytest.mark.parametrize("question", ["multiply", 3])
def test_an_unknown_question_is_answered_with_the_known_ones(self_check: ModuleType, question: Any) -> None:
    text = repr(self_check.check(question))
    assert 'for example grader.check("mul")' in text
    assert "mul, pow, relu, training, test_vs_train" in text


def test_before_value_is_defined_the_check_says_which_cells_to_run(self_check: ModuleType) -> None:
    assert "Value is not defined yet: run the cells above first" in repr(self_check.check_in({}, "mul"))
    assert "run the cells above first" in repr(self_check.check_in(namespace(), "training"))


def test_no_words_say_that_all_is_done(self_check: ModuleType) -> None:
    text = repr(self_check.check_in(namespace(), "mul")).lower()
    assert "all tests" not in text
    assert "all checks" not in text
    assert "hidden ones run when you submit" in text


def test_the_html_is_escaped_and_says_in_words_what_the_marks_say(self_check: ModuleType) -> None:
    class Value:
        relu = None

        def __init__(self, data: float, children: Any = ()) -> None:
            raise ValueError("<script>alert(1)</script>")

    shown = self_check.check_in({"Value": Value}, "relu")._repr_html_()
    assert "<script>" not in shown
    assert "&lt;script&gt;" in shown
    assert shown.count(">✗ ") == shown.count(": failed") >= 3
    assert "(1 point): not reached" in shown


def test_code_in_a_hint_is_shown_as_code(self_check: ModuleType) -> None:
    row = {"title": "Adds", "points": 1}
    shown = self_check.Outcome(row, "failed", hint="What would `a += <b>` do?")._repr_html_()
    assert "What would <code>a += &lt;b&gt;</code> do?" in shown


@pytest.mark.parametrize(
    ("values", "words"),
    [
        ({}, ["not attempted", "train_before is still blank", "choice_1 is still blank"]),
        ({"train_before": "497"}, ["passed", "choice_1 is still blank"]),
        ({"train_before": "about"}, ["failed", "train_before is not a number written out (type it with a decimal"]),
        ({"train_before": [5.0, 1.0]}, ["failed", "Got: train_before is not a number written out"]),
        ({"train_before": 7.0}, ["failed", "Expected: train_before from 400 to 600", "train_before = 7"]),
        ({"choice_1": "b."}, ["choice_1 = 'B' is recorded; it is marked when you submit"]),
        ({"choice_2": "F"}, ['choice_2 is not a letter from A to E in quotes (type it as in choice_2 = "A")']),
        ({"choice_2": "A or B"}, ["choice_2 is several letters (type the one that you mean"]),
    ],
)
def test_evidence_and_choices_are_checked_for_their_form(
    self_check: ModuleType, values: dict[str, Any], words: list[str]
) -> None:
    typed = {"test_before": 500.0, "train_after": 100.0, "test_after": 100.0, "choice_1": ..., **values}
    text = repr(self_check.check_in(typed, "test_vs_train"))
    assert all(word in text for word in words), text


def test_a_right_choice_reads_like_a_wrong_one(self_check: ModuleType) -> None:
    texts = {
        repr(self_check.check_in({"choice_1": letter}, "test_vs_train")).replace(f"'{letter}'", "?")
        for letter in "ABCDE"
    }
    assert len(texts) == 1


# --- the same judgement as the grader -----------------------------------------------------------------------------


@pytest.mark.parametrize("fault", FAULTS, ids=lambda fault: fault.name)
def test_a_fault_fails_here_exactly_where_the_rubric_fails_it(self_check: ModuleType, fault: Any) -> None:
    checks = {check.id: check for check in handout.public_checks()}
    for outcome in self_check.check_in({"Value": engine(fault)}, fault.question).outcomes:
        if outcome.state != "not reached":
            check = checks[outcome.row["id"]]
            right = all(observed_as_expected(fault, check, inputs) for inputs in check.cases)
            assert (outcome.state == "passed") == right, check.id


def observed_as_expected(fault: Any, check: Any, inputs: Any) -> bool:
    seen = observed_on_reference(check.probe, inputs, fault)
    return seen.status == "returned" and not compare.mismatches(expected(check, inputs), seen.values)


def test_the_public_points_are_those_of_the_rubric(self_check: ModuleType) -> None:
    assert {row["id"]: row["points"] for row in self_check.CHECKS} == {c.id: c.points for c in handout.public_checks()}


def test_the_self_check_knows_no_hidden_id(self_check: ModuleType) -> None:
    public = {row["id"] for row in self_check.CHECKS}
    assert all(set(row["requires"]) <= public for row in self_check.CHECKS)
    assert json.dumps([row["requires"] for row in self_check.CHECKS]).count("training.") == 0
