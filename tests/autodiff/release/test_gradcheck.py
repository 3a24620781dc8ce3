"""``grader.gradcheck``: right gradients agree with central differences, wrong ones do not, a kink is told as one."""

from __future__ import annotations

import math
import sys
from collections.abc import Callable
from types import ModuleType
from typing import Any

import pytest
from in_process import submitted_value
from specimens import solution_answers


@pytest.fixture
def gradcheck(self_check: ModuleType, monkeypatch: pytest.MonkeyPatch) -> Callable[..., Any]:
    """``gradcheck`` in a notebook with the solution's operators."""
    monkeypatch.setattr(sys.modules["__main__"], "Value", _value(), raising=False)
    return self_check.gradcheck  # type: ignore[no-any-return]


def _value(**cells: str) -> Any:
    return submitted_value({name: cells.get(name, solution_answers()[name]) for name in ("mul", "pow", "relu")})


RIGHT: list[tuple[Callable[..., Any], tuple[float, ...]]] = [
    (lambda a, b: a * b + a, (2.0, -3.0)),
    (lambda a: a * a * a, (1.5,)),
    (lambda a: a**-1, (0.01,)),
    (lambda a: a**0.5, (2.0,)),
    (lambda a: (a * 3 + -1) ** 4, (2.5,)),
    (lambda a: a.relu() * a, (-2.0,)),
    (lambda a: a * 1e6, (1e5,)),
    (lambda a: a * 1e-6, (1e-5,)),
]


@pytest.mark.parametrize("case", range(len(RIGHT)))
def test_a_right_gradient_agrees(case: int, gradcheck: Callable[..., Any]) -> None:
    function, point = RIGHT[case]
    result = gradcheck(function, *point)
    assert result, result
    assert len(result.rows) == len(point)


WRONG = {
    "overwrites": ("mul", "+=", "=", lambda a: a * a),
    "no upstream": ("mul", "other.data * out.grad", "other.data", lambda a, b: a * b * 3),
    "no factor": ("pow", "exponent * self.data", "self.data", lambda a, b: a**3 + b),
    "no mask": ("relu", "if self.data > 0:", "if True:", lambda a, b: (a * -1).relu() + b),
}


@pytest.mark.parametrize("mistake", WRONG)
def test_a_wrong_gradient_differs(mistake: str, gradcheck: Callable[..., Any], monkeypatch: pytest.MonkeyPatch) -> None:
    question, old, new, function = WRONG[mistake]
    cell = solution_answers()[question]
    assert old in cell
    monkeypatch.setattr(sys.modules["__main__"], "Value", _value(**{question: cell.replace(old, new)}))
    result = gradcheck(function, *([1.7, 0.5][: function.__code__.co_argcount]))
    assert not result
    assert "differ" in repr(result)


def test_at_a_kink_any_slope_between_is_right_and_the_two_slopes_are_told(
    gradcheck: Callable[..., Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    result = gradcheck(lambda a: a.relu(), 0.0)
    assert result
    assert "a kink: the slope is 0 to the left and 1 to the right" in repr(result)
    doubled = solution_answers()["relu"].replace("if self.data > 0:", "for _ in (1, 2):")
    monkeypatch.setattr(sys.modules["__main__"], "Value", _value(relu=doubled))
    assert not gradcheck(lambda a: a.relu(), 0.0)


def test_the_step_is_where_rounding_and_curvature_balance(self_check: ModuleType) -> None:
    def error(step: float) -> float:
        return max(abs((math.sin(x + step) - math.sin(x - step)) / (2 * step) - math.cos(x)) for x in (0.5, 1.0, 1.4))

    chosen = self_check.CUBE_ROOT_OF_EPSILON
    assert error(chosen) < 1e-9
    assert error(chosen) < min(error(100 * chosen), error(chosen / 1000))


def test_values_given_stay_as_they_are(gradcheck: Callable[..., Any]) -> None:
    x = sys.modules["__main__"].Value(3.0)
    assert gradcheck(lambda a: a * a, x)
    assert (x.data, x.grad) == (3.0, 0)


def test_a_blank_question_is_named(gradcheck: Callable[..., Any], monkeypatch: pytest.MonkeyPatch) -> None:
    blank = 'def __mul__(self, other):\n    raise NotImplementedError("Question mul: __mul__ is still blank")'
    blank += '\nsetattr(Value, "__mul__", __mul__)'
    monkeypatch.setattr(sys.modules["__main__"], "Value", _value(mul=blank))
    result = gradcheck(lambda a: a * 2, 1.0)
    assert not result
    assert repr(result) == "Not yet: Question mul: __mul__ is still blank"
    assert "still blank" in result._repr_html_()


def test_a_function_that_returns_no_value_is_refused(gradcheck: Callable[..., Any]) -> None:
    with pytest.raises(TypeError, match=r"must return a Value; it returned 2\.0"):
        gradcheck(lambda a: a.data * 2, 1.0)


def test_the_table_has_headers(gradcheck: Callable[..., Any]) -> None:
    shown = gradcheck(lambda a, b: a * b, 2.0, 3.0)._repr_html_()
    assert shown.count('<th scope="col">') == 4
    assert shown.count("<td>agree</td>") == 2
