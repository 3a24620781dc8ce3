"""The discrimination of a check is a correlation, and its interval holds the truth as often as it says."""

from __future__ import annotations

import math

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from autograder.classroom.discrimination import LEAST_FOR_DISCRIMINATION, RestScores, with_interval


def rests(marks: list[tuple[int, bool]]) -> RestScores:
    made = RestScores()
    for score, ok in marks:
        made.add(score, passed=ok)
    return made


@settings(max_examples=100, deadline=None)
@given(st.lists(st.tuples(st.integers(0, 90), st.booleans()), min_size=LEAST_FOR_DISCRIMINATION, max_size=60))
def test_discrimination_is_the_correlation_of_the_check_with_the_rest(marks: list[tuple[int, bool]]) -> None:
    passed = np.array([ok for _, ok in marks])
    rest = np.array([score for score, _ in marks])
    found = rests(marks).discrimination
    if len(set(passed)) == 1 or len(set(rest)) == 1:
        assert found is None
    else:
        assert found is not None
        assert found.value == pytest.approx(np.corrcoef(passed, rest)[0, 1], abs=1e-6)
        assert -1 <= found.low <= found.value <= found.high <= 1


def test_ten_are_enough_and_nine_are_not() -> None:
    marks = [(10 * k, k % 3 > 0) for k in range(10)]
    assert rests(marks).discrimination is not None
    assert rests(marks[:9]).discrimination is None


def test_the_interval_is_fishers() -> None:
    found = with_interval(0.6, 28)
    z = 0.5 * math.log(1.6 / 0.4)
    low, high = z - 1.96 / 5, z + 1.96 / 5
    assert found.low == pytest.approx((math.exp(2 * low) - 1) / (math.exp(2 * low) + 1))
    assert found.high == pytest.approx((math.exp(2 * high) - 1) / (math.exp(2 * high) + 1))


@pytest.mark.parametrize("count", [10, 40])
@pytest.mark.parametrize("share", [0.2, 0.5])
@pytest.mark.parametrize("shift", [0, 1, 2])
def test_the_interval_holds_the_truth_in_95_of_100_classes(count: int, share: float, shift: int) -> None:
    """Who passes has ``shift`` standard deviations more on all other checks (Tate, 1954)."""
    truth = shift * math.sqrt(share * (1 - share) / (1 + share * (1 - share) * shift**2))
    generator = np.random.default_rng(count + shift)
    held = made = 0
    for _ in range(2000):
        passed = generator.random(count) < share
        if 0 < passed.sum() < count:
            rest = generator.normal(size=count) + shift * passed
            found = with_interval(float(np.corrcoef(passed, rest)[0, 1]), count)
            held += found.low <= truth <= found.high
            made += 1
    assert 0.925 < held / made < 0.985


def test_a_perfect_check_is_not_uncertain_in_a_way_that_can_be_told() -> None:
    found = rests([(0, False)] * 6 + [(90, True)] * 6).discrimination
    assert found is not None
    assert (found.low, found.value, found.high) == pytest.approx((1, 1, 1))
