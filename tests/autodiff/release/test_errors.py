"""An exception is told once in the notebook and what was not run is told as that."""

from __future__ import annotations

import contextlib
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest
from assigned import HINTS, OPERATORS
from specimens import GALLERY, path_of, read_specimen, solution_answers, write

THIRD = "takes from 2 to 3 positional arguments but 4 were given"
VALUE = """
class Value:
    def __init__(self, data, _children=()):
        self.data, self.grad, self._prev = float(data), 0, set(_children)
        self._backward = lambda: None
"""


def checked(self_check: ModuleType, *cells: str, question: str = "mul") -> Any:
    """The self-check after these cells were run, those that Python can read."""
    namespace: dict[str, Any] = {"In": ["", *cells]}
    for cell in (VALUE, *cells):
        with contextlib.suppress(SyntaxError):
            exec(compile(cell, "<cell>", "exec"), namespace)
    return self_check.check_in(namespace, question)


@pytest.fixture
def third_argument(self_check: ModuleType, tmp_path: Path) -> Any:
    """What the notebook shows for the operation's name as a third argument."""
    specimen = read_specimen(path_of("wrong/mul_operation_name_by_position"))
    return self_check.check_in(self_check.load_notebook(write(specimen.notebook(), tmp_path / "a.ipynb")), "mul")


def test_the_notebook_shows_an_exception_and_its_hint_with_the_first_check_only(third_argument: Any) -> None:
    first, *others = [outcome for outcome in third_argument.outcomes if outcome.state == "failed"]
    text = repr(third_argument)
    assert text.count(THIRD) == text.count("Hint: ") == 1
    assert THIRD in first.message
    assert first.hint == HINTS["mul.too_many_arguments"]
    assert {outcome.message for outcome in others} == {"Stops at the same line as above."}
    assert third_argument._repr_html_().count(THIRD) == 1


def test_an_exception_of_another_line_is_told_in_full(self_check: ModuleType) -> None:
    number = "other = other if isinstance(other, Value) else {}[1]\n    [][0]"
    cell = solution_answers()["mul"].replace("other = other if isinstance(other, Value) else Value(other)", number)
    result = checked(self_check, cell)
    assert repr(result).count("IndexError") == repr(result).count("KeyError") == 1


@pytest.mark.parametrize("question", OPERATORS)
def test_what_is_not_attached_is_told_with_the_cell_to_run(self_check: ModuleType, question: str) -> None:
    defined = solution_answers()[question].partition("setattr")[0]
    for cells in ((), (defined,), (solution_answers()[question], VALUE)):
        result = checked(self_check, *cells, question=question)
        first, *others = [outcome for outcome in result.outcomes if outcome.state == "failed"]
        assert f'`setattr(Value, "{OPERATORS[question]}", {OPERATORS[question]})`' in first.hint
        assert "`class Value`" in first.hint
        assert f"Value has no {OPERATORS[question]}" in first.message
        assert {outcome.message for outcome in others} == {"Stops with the same error as above."}
        assert "unsupported operand" not in repr(result)


@pytest.mark.parametrize("path", sorted((GALLERY / "broken" / "attachment").glob("*.py")), ids=lambda path: path.stem)
def test_a_saved_notebook_without_the_attachment_is_told_the_cell_to_run(
    path: Path, self_check: ModuleType, tmp_path: Path
) -> None:
    specimen = read_specimen(path)
    namespace = self_check.load_notebook(write(specimen.notebook(), tmp_path / "autodiff.ipynb"))
    for question, name in OPERATORS.items():
        hints = [outcome.hint for outcome in self_check.check_in(namespace, question).outcomes if outcome.hint]
        told = [
            hint for hint in hints if hint.startswith("Run the cell that ends in `setattr(") and f'"{name}"' in hint
        ]
        assert len(told) == len(hints) == (question in dict(specimen.cells))


def test_a_cell_that_python_cannot_read_is_told_with_its_line(self_check: ModuleType) -> None:
    right = solution_answers()["mul"]
    blank = 'def __mul__(self, other):\n    raise NotImplementedError("Question mul: __mul__ is still blank")\n'
    blank += 'setattr(Value, "__mul__", __mul__)'
    broken = right.replace("def _backward():", "def _backward()")
    for cells in ((broken,), (blank, broken)):
        first, *others = checked(self_check, *cells).outcomes
        assert "Python could not read the cell with `def __mul__`" in first.hint
        assert "line 7, `def _backward()`" in first.hint
        assert not [outcome for outcome in others if outcome.hint]


def test_a_cell_that_was_mended_is_not_called_broken(self_check: ModuleType) -> None:
    right = solution_answers()["mul"]
    broken = right.replace("def _backward():", "def _backward()")
    swapped = right.replace("other.data * out.grad", "out.grad")
    assert "could not read" not in repr(checked(self_check, broken, right))
    assert "could not read" not in repr(checked(self_check, swapped, broken))


def test_a_student_who_uses_the_name_in_for_something_else_is_not_disturbed(self_check: ModuleType) -> None:
    assert "Value has no __mul__" in repr(checked(self_check, "In = 3"))
