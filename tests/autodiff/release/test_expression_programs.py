"""Generated expression programs on the solution's own code, beside the reference engine and central differences."""

from __future__ import annotations

from typing import Any

import pytest
from expression_programs import Program, Reference, programs, result_of, run_on, smooth_slopes
from hypothesis import given, settings
from in_process import submitted_value

SOLUTION: Any = submitted_value({})


@settings(max_examples=300, deadline=None)
@given(programs())
def test_the_solution_agrees_with_central_differences(program: Program) -> None:
    result, slopes = smooth_slopes(program)
    data, gradients = run_on(SOLUTION, program)
    assert data == pytest.approx(result)
    assert gradients == pytest.approx(slopes, rel=1e-3, abs=1e-3)


@settings(max_examples=300, deadline=None)
@given(programs())
def test_the_solution_agrees_with_the_reference_at_kinks_too(program: Program) -> None:
    result_of(program)
    data, gradients = run_on(SOLUTION, program)
    expected_data, expected_gradients = run_on(Reference, program)
    assert data == pytest.approx(expected_data, nan_ok=True)
    assert gradients == pytest.approx(expected_gradients, rel=1e-9, abs=1e-9, nan_ok=True)


def test_a_wrong_operator_does_not_get_through() -> None:
    wrong = submitted_value({"relu": "def relu(self):\n    return self * 1\nsetattr(Value, 'relu', relu)"})
    program: Program = ([-1.0, 2.0], [("relu", 0, None), ("mul", 1, 2)])
    assert run_on(wrong, program) != run_on(SOLUTION, program)
