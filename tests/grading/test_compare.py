"""Numbers are compared with one tolerance, and the lines a student reads never make unlike numbers look alike."""

from __future__ import annotations

import pytest

from autograder.grading.compare import agrees, compared, four_lines, mismatches


@pytest.mark.parametrize("measured", [2.0, 2, 2.0000001])
def test_equal_numbers_agree(measured: float) -> None:
    assert agrees(2.0, measured)


@pytest.mark.parametrize("measured", [2.0001, -2.0, "nan", "2.0", True, None, [2.0], 1e308])
def test_other_numbers_and_what_is_no_number_do_not(measured: object) -> None:
    assert not agrees(2.0, measured)


def test_true_is_not_one() -> None:
    assert not agrees(1, True)


def test_an_interval_holds_its_ends_and_nothing_beyond() -> None:
    assert agrees((0.0, 2.0), 0.0) and agrees((0.0, 2.0), 2.0) and agrees((0.0, 2.0), 1.0)
    assert not agrees((0.0, 2.0), -0.1) and not agrees((0.0, 2.0), 2.1)


def test_a_missing_number_is_a_mismatch() -> None:
    assert mismatches({"a.grad": 1.0, "b.grad": 2.0}, {"a.grad": 1.0}) == ["b.grad"]


def test_numbers_that_differ_late_are_shown_in_full() -> None:
    expected, got = compared({"x": 1.0}, {"x": 1.00000000001e0 + 1e-5})
    assert expected != got
    close_expected, close_got = compared({"x": 123456789.123}, {"x": 123456789.999})
    assert close_expected != close_got


def test_answers_are_words() -> None:
    assert compared({"is b a child of out?": 1}, {"is b a child of out?": 0}) == (
        "is b a child of out? yes",
        "is b a child of out? no",
    )


def test_many_numbers_are_counted_instead_of_listed() -> None:
    expected = {f"w{k}": float(k) for k in range(50)}
    wanted, got = compared(expected, {name: value + 1 for name, value in expected.items()})
    assert wanted.endswith("and 44 more") and got.count("=") == 6


def test_empty_lines_are_left_out() -> None:
    assert four_lines("a * b", "", "nothing", "") == "Ran: a * b\nGot: nothing"
