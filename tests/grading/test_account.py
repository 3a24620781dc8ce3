"""What the staff reads of each run: what was run, expected and got, and if it holds."""

from __future__ import annotations

from dataclasses import replace
from random import Random

from assigned import ASSIGNMENT, BY_ID

from autograder.grading.account import account
from autograder.grading.diagnosis import Seen
from autograder.vocabulary import Observation

GRADIENTS, FORWARD = BY_ID["mul.local_gradients"], BY_ID["mul.forward"]
RAN = "a = Value(3.0); b = Value(-4.0); out = a * b; out.grad = 0.5; out._backward()"
EXPECTED = "a.grad = -2, b.grad = 1.5"


def run(observation: Observation) -> Seen:
    return Seen(GRADIENTS, GRADIENTS.inputs(Random(5))[0], observation)


def test_a_run_that_holds_shows_what_was_expected_and_nothing_twice() -> None:
    right = run(Observation("returned", {"a.grad": -2.0, "b.grad": 1.5}))
    assert account([right], ASSIGNMENT) == {
        GRADIENTS.id: [{"ran": RAN, "expected": EXPECTED, "got": "", "holds": True}]
    }


def test_many_numbers_that_hold_are_counted() -> None:
    many = {f"number {n}": float(n) for n in range(99)}
    right = Seen(replace(GRADIENTS, expects=lambda case: many), {"a": 3.0, "b": -4.0}, Observation("returned", many))
    [told] = account([right], replace(ASSIGNMENT, describe=lambda probe, inputs: "it"))[GRADIENTS.id]
    assert told == {"ran": "it", "expected": "99 numbers, all as expected", "got": "", "holds": True}


def test_wrong_numbers_stand_beside_the_expected_ones() -> None:
    wrong = run(Observation("returned", {"a.grad": -2.0, "b.grad": 2.5}))
    assert account([wrong], ASSIGNMENT) == {
        GRADIENTS.id: [{"ran": RAN, "expected": EXPECTED, "got": "a.grad = -2, b.grad = 2.5", "holds": False}]
    }


def test_a_run_without_numbers_says_how_it_ended() -> None:
    raised = run(Observation("raised", error="ValueError", detail="no (line 3)"))
    late = run(Observation("timed_out"))
    told = [one["got"] for one in account([raised, late], ASSIGNMENT)[GRADIENTS.id]]
    assert told == ["raised: ValueError no (line 3)", "timed_out"]


def test_runs_keep_their_order_and_stand_by_check() -> None:
    other = Seen(FORWARD, FORWARD.inputs(Random(5))[0], Observation("crashed"))
    found = account([run(Observation("crashed")), other, run(Observation("timed_out"))], ASSIGNMENT)
    assert {id: [one["got"] for one in runs] for id, runs in found.items()} == {
        GRADIENTS.id: ["crashed", "timed_out"],
        FORWARD.id: ["crashed"],
    }
