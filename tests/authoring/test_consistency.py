"""An assignment whose checks do not fit together is not built, and its author is told what to mend."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest
from assigned import ASSIGNMENT, CHECKS

from autograder.authoring.consistency import AssignmentError, check_assignment
from autograder.vocabulary import Assignment


def with_check(check: str, **changed: Any) -> Assignment:
    """The assignment with another check in the place of one of its own."""
    return replace(ASSIGNMENT, checks=tuple(replace(c, **changed) if c.id == check else c for c in CHECKS))


def test_this_assignment_makes_sense() -> None:
    check_assignment(ASSIGNMENT)


@pytest.mark.parametrize(
    ("check", "changed", "told"),
    [
        ("mul.square", {"points": 5}, ["come to 103", "3 more", "total of 100", "mul 29"]),
        ("mul.square", {"points": 0}, ["mul.square has 0 points"]),
        ("mul.square", {"id": "mul.node"}, ["2 checks are called mul.node"]),
        ("mul.square", {"question": "div"}, ["mul.square: there is no question div", "mul, pow, relu"]),
        ("mul.square", {"id": "square"}, ["square is a check of mul", "Begin its id with mul"]),
        ("mul.square", {"probe": "product_cube"}, ["no probe product_cube", "list it in"]),
        ("mul.square", {"probe": ""}, ["must either name a probe or what it reads"]),
        ("mul.square", {"probe": "gradient_descent"}, ["needs sees="]),
        ("mul.square", {"expects": None}, ["expects nothing"]),
        ("mul.square", {"draw": None}, ["must either have cases or a draw"]),
        ("mul.square", {"visibility": "public"}, ["is public and draws its inputs"]),
        ("mul.square", {"requires": ("mul.cube",)}, ["requires mul.cube, which there is none of"]),
        ("mul.square", {"requires": ("pow.node",)}, ["requires pow.node, which comes later"]),
        ("mul.square", {"requires": ("mul.forward_range",)}, ["requires mul.forward_range, which is hidden"]),
        ("training.trajectory", {"points": 7}, ["7 points, which 3 methods share", "multiple of 3"]),
        ("test_vs_train.choice_1", {"reads": ("choice_9",)}, ["reads choice_9", "in the manifest"]),
    ],
)
def test_what_does_not_make_sense_is_told_with_its_check_and_its_mend(
    check: str, changed: dict[str, Any], told: list[str]
) -> None:
    with pytest.raises(AssignmentError) as raised:
        check_assignment(with_check(check, **changed))
    assert all(words in str(raised.value) for words in told), raised.value


def test_a_question_without_a_public_check_is_told() -> None:
    hidden = replace(ASSIGNMENT, checks=tuple(c for c in CHECKS if c.question != "relu" or c.visibility == "hidden"))
    with pytest.raises(AssignmentError, match="question relu lacks a public check"):
        check_assignment(hidden)


@pytest.mark.parametrize(
    ("changed", "told"), [({"hint": ""}, "has no hint"), ({"name": "pow.swapped"}, "must be of a question")]
)
def test_a_misconception_without_a_hint_or_a_question_is_told(changed: dict[str, str], told: str) -> None:
    first, *others = ASSIGNMENT.misconceptions
    with pytest.raises(AssignmentError, match=told):
        check_assignment(replace(ASSIGNMENT, misconceptions=(replace(first, **changed), *others)))  # type: ignore[arg-type]


def test_what_the_training_needs_can_be_lent() -> None:
    with pytest.raises(AssignmentError, match="requires relu, which the course does not lend"):
        check_assignment(replace(ASSIGNMENT, lent={"mul": "", "pow": ""}))
