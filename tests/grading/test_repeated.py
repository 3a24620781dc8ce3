"""What stops at the same line in many checks is told once, and of a hidden check nothing that the code chose."""

from __future__ import annotations

from collections.abc import Callable
from random import Random

from assigned import CHECKS

from autograder.grading import diagnosis
from autograder.grading.diagnosis import Seen
from autograder.grading.repeated import told_once
from autograder.vocabulary import Check, Observation

MUL = [check for check in CHECKS if check.question == "mul"]
NAMES = {check.id: check for check in MUL}
FULL = "Got: TypeError: the message (line 3 of your cell)"


def messages(observed: Callable[[Check], Observation]) -> dict[str, str]:
    """What is told of each check of the product, by what was observed of it."""
    seen = [Seen(check, check.inputs(Random(1))[0], observed(check)) for check in MUL]
    outcomes = {one.check.id: diagnosis.failed(one, "what was run", str) for one in seen}
    return {id: outcome.message for id, outcome in told_once(outcomes, seen).items()}


def raised(text: str, error: str = "TypeError") -> Observation:
    return Observation("raised", error=error, detail=text)


def test_an_exception_is_told_in_full_by_the_first_check_only() -> None:
    told = messages(lambda check: raised("the message (line 3 of your cell)"))
    first, *others = MUL
    assert FULL in told[first.id]
    assert {told[check.id] for check in others if check.visibility == "public"} == {"Stops at the same line as above."}
    assert {told[check.id] for check in others if check.visibility == "hidden"} == {
        "Stops with the same error as above."
    }


def test_the_same_line_is_the_same_stop_whatever_the_message_says() -> None:
    told = messages(lambda check: raised(f"{check.id} (line 3 of your cell)"))
    assert sum("Got: " in text for text in told.values()) == 1


def test_the_same_message_from_another_line_or_from_none_is_the_same_error() -> None:
    told = messages(
        lambda check: raised("the message" if check.id == "mul.node" else f"the message (line {check.points}")
    )
    assert told["mul.node"] == "Stops with the same error as above."
    assert sum("Got: " in text for text in told.values()) == 1


def test_another_message_from_another_line_is_told_in_full() -> None:
    told = messages(lambda check: raised("a (line 1)" if check.id == "mul.node" else "b (line 2)"))
    assert "Got: TypeError: a (line 1)" in told["mul.node"]
    assert "Got: TypeError: b (line 2)" in told["mul.forward"]


def test_another_error_is_told_in_full() -> None:
    told = messages(lambda check: raised("a (line 1)") if check.id == "mul.node" else raised("b (line 2)", "KeyError"))
    assert "Got: KeyError: b (line 2)" in told["mul.forward"]
    assert "Got: TypeError: a (line 1)" in told["mul.node"]
    assert told["mul.children"] == "Stops at the same line as above."


def test_a_hidden_check_above_points_to_the_public_one_that_tells() -> None:
    wrong = Observation("returned", {})
    stops = ("mul.forward_range", "mul.local_gradients")
    told = messages(lambda check: raised("the message (line 3 of your cell)") if check.id in stops else wrong)
    assert told["mul.forward_range"] == f"Stops with the same error as this check: {NAMES[stops[1]].title}."
    assert FULL in told["mul.local_gradients"]


def test_nothing_of_a_hidden_check_depends_on_what_its_exception_says() -> None:
    def told(secret: str) -> dict[str, str]:
        return messages(lambda check: raised(f"{secret if check.visibility == 'hidden' else ''} (line 3)"))

    assert told("1.2345678") == told("")
