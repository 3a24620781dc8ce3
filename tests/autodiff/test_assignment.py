"""The rubric adds up, its hidden inputs keep the design's promises, and no named fault gets past it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from random import Random

import pytest
from assigned import (
    ASSIGNMENT,
    BY_ID,
    CHECKS,
    CHOICES,
    EVIDENCE,
    FAULTS,
    HINTS,
    OPERATORS,
    QUESTIONS,
    observed_on_reference,
)

from autograder.autodiff.probes.by_name import ONCE, STEPWISE, describe
from autograder.autodiff.sealed.reference_engine import Fault
from autograder.grading import diagnosis
from autograder.grading.diagnosis import Seen
from autograder.settings import Config
from autograder.vocabulary import BOTH, Check, Inputs, Misconception

OPERATOR_CHECKS = [check for check in CHECKS if check.probe in ONCE]
HIDDEN = [check for check in OPERATOR_CHECKS if check.visibility == "hidden"]
TOGETHER = {
    *("mul.accumulates", "mul.square", "mul.shared_graph", "mul.independent_nodes"),
    *("pow.accumulates", "pow.chained", "pow.independent_nodes"),
    *("relu.accumulates", "relu.used_twice", "relu.independent_nodes"),
}
"""The checks that take a single step for granted."""
OF_A_STEP = {
    f"{question}.{what}" for question in OPERATORS for what in ("forward", "local_gradient", "local_gradients")
}
"""The checks of the value and the gradient of a single step."""


def observed(question: str, fault: Fault | None, seed: int = 0) -> list[Seen]:
    generator = Random(seed)
    return [
        Seen(check, inputs, observed_on_reference(check.probe, inputs, fault))
        for check in OPERATOR_CHECKS
        if check.question == question
        for inputs in check.inputs(generator)
    ]


def diagnosed(question: str, seen: list[Seen]) -> Misconception | None:
    return diagnosis.diagnose(ASSIGNMENT, question, seen)


def failing(seen: list[Seen]) -> set[str]:
    return {one.check.id for one in seen if not one.holds}


def test_the_points_add_up_to_100() -> None:
    assert sum(check.points for check in CHECKS) == 100
    assert all(check.points > 0 for check in CHECKS)


def test_ids_are_unique_and_start_with_their_question() -> None:
    assert len(BY_ID) == len(CHECKS)
    assert all(check.id.startswith(f"{check.question}.") and check.question in QUESTIONS for check in CHECKS)


def test_titles_and_reasons_name_the_behaviour_and_not_the_formula() -> None:
    for check in OPERATOR_CHECKS:
        text = f"{check.title} {check.why}".replace("x * x", "")
        assert not re.findall(r"[*=+<>]|max\(|upstream|contribution|\btimes the\b|\bsum of\b|between", text)


def test_every_question_has_public_and_hidden_checks() -> None:
    for question in QUESTIONS:
        assert {check.visibility for check in CHECKS if check.question == question} == {"public", "hidden"}


def test_prerequisites_are_public_checks_that_come_earlier() -> None:
    order = list(BY_ID)
    for check in CHECKS:
        for id in check.requires:
            assert order.index(id) < order.index(check.id)
            assert BY_ID[id].visibility == "public"


def test_public_checks_have_fixed_inputs_and_hidden_ones_draw_theirs() -> None:
    for check in OPERATOR_CHECKS:
        assert bool(check.cases) == (check.visibility == "public")
        assert bool(check.draw) == (check.visibility == "hidden")


def test_most_training_points_rest_on_exact_numbers() -> None:
    points = {check.id: check.points for check in CHECKS if check.question == "training"}
    assert points["training.loss_falls"] <= sum(points.values()) / 4


def test_every_check_names_an_existing_probe_or_what_it_reads() -> None:
    for check in CHECKS:
        if check.probe:
            assert check.probe in ONCE or check.probe in STEPWISE
        else:
            assert set(check.reads) <= set(EVIDENCE) | set(CHOICES)


def drawn(check: Check) -> Iterator[Inputs]:
    """Inputs of a hidden check for 25 submissions."""
    for seed in range(25):
        yield from check.inputs(Random(seed))


@pytest.mark.parametrize("check", HIDDEN, ids=lambda check: check.id)
def test_hidden_inputs_are_away_from_special_numbers(check: Check) -> None:
    for inputs in drawn(check):
        upstream = [inputs[name] for name in ("upstream", "other_upstream", "a_grad", "b_grad") if name in inputs]
        assert all(value not in (0, 1) for value in upstream)
        plain = "b" if check.id == "mul.gradient_with_number" else ""  # 0 and 1 are what that check is about
        operands = [abs(inputs[name]) for name in "abcd" if name in inputs and name not in plain]
        assert 1 not in operands
        if check.question != "relu" and "range" not in check.id and "exponents" not in check.id:
            assert 0 not in operands
            assert len(set(operands)) == len(operands) or "independent" in check.id


@pytest.mark.parametrize("check", HIDDEN, ids=lambda check: check.id)
def test_the_reference_meets_what_is_expected_of_it(check: Check) -> None:
    for inputs in drawn(check):
        seen = Seen(check, inputs, observed_on_reference(check.probe, inputs))
        assert seen.expected
        assert seen.holds


@pytest.mark.parametrize("seed", range(8))
def test_the_exponents_of_the_hidden_gradients_are_of_every_kind_and_never_2(seed: int) -> None:
    exponents = {inputs["n"] for inputs in BY_ID["pow.local_gradient_exponents"].inputs(Random(seed))}
    assert len(exponents) >= 6
    assert 2 not in exponents
    assert {-1, 0, 1} < exponents
    assert any(n != int(n) for n in exponents)


def test_hidden_inputs_depend_on_salt_submission_and_check_and_on_nothing_else() -> None:
    one, other = Config("one salt of sixteen", "hidden"), Config("another of sixteen", "hidden")
    first = one.generator("f", "mul.square").random()
    assert one.generator("f", "mul.square").random() == first
    others = [one.generator("g", "mul.square"), one.generator("f", "mul.node"), other.generator("f", "mul.square")]
    assert first not in [generator.random() for generator in others]


@pytest.mark.parametrize("fault", FAULTS, ids=lambda fault: fault.name)
def test_a_named_fault_is_named_and_costs_the_same_whatever_is_drawn(fault: Fault) -> None:
    """What follows from a mistake earns its points if all its runs return, so that belongs to the costs."""
    for rule in (fault.rule, *fault.other_rules):
        costs = set()
        for seed in range(3):
            seen = observed(fault.question, replace(fault, rule=rule), seed)
            named = diagnosed(fault.question, seen)
            assert named is not None and named.name == fault.name
            assert failing(seen)
            costs.add(frozenset(_judged(seen).items()))
        assert len(costs) == 1


def _judged(seen: list[Seen]) -> dict[str, tuple[bool, bool]]:
    """Whether all runs of a check hold, and whether all return."""
    judged: dict[str, tuple[bool, bool]] = {}
    for one in seen:
        holds, returned = judged.get(one.check.id, (True, True))
        judged[one.check.id] = holds and one.holds, returned and one.observation.status == "returned"
    return judged


def test_a_fault_of_a_single_step_fails_no_check_of_how_steps_work_together() -> None:
    """Else a student would read that gradients are not kept, say, where the operands were only swapped."""
    for fault in FAULTS:
        lost = failing(observed(fault.question, fault))
        reached = {id for id in lost if not _behind(id) & lost}
        assert reached, fault.name
        assert not lost & OF_A_STEP or not reached & TOGETHER, fault.name


def _behind(id: str) -> set[str]:
    """The ids of the checks that must pass before this one is run."""
    return set(BY_ID[id].requires).union(*map(_behind, BY_ID[id].requires))


@pytest.mark.parametrize("question", OPERATORS)
def test_the_right_rule_loses_nothing_and_is_not_diagnosed(question: str) -> None:
    seen = observed(question, None)
    assert not failing(seen)
    assert diagnosed(question, seen) is None


@pytest.mark.parametrize("question", OPERATORS)
def test_what_no_fault_predicts_is_not_diagnosed(question: str) -> None:
    faults = [fault for fault in FAULTS if fault.question == question]
    mixed = [
        faulty if k % 2 else other
        for k, (faulty, other) in enumerate(
            zip(observed(question, faults[0]), observed(question, faults[1]), strict=True)
        )
    ]
    assert diagnosed(question, mixed) is None


def test_every_fault_has_a_hint_without_numbers_or_code_of_the_answer() -> None:
    for fault in FAULTS:
        hint = HINTS[fault.name]
        assert hint.endswith((".", "?"))
        assert "{" not in hint
        assert "other.data *" not in hint and "** (n - 1)" not in hint


def test_a_description_is_what_the_student_would_type() -> None:
    inputs = {"a": 3.0, "b": -4.0, "upstream": 0.5}
    text = describe("product_gradients", inputs)
    assert text == "a = Value(3.0); b = Value(-4.0); out = a * b; out.grad = 0.5; out._backward()"


def test_every_description_fits_its_inputs() -> None:
    for check in OPERATOR_CHECKS:
        for inputs in check.inputs(Random(0)):
            assert "{" not in describe(check.probe, inputs)


@pytest.mark.parametrize("question", OPERATORS)
def test_two_mistakes_at_once_are_both_named_or_neither(question: str) -> None:
    pairs = [*ASSIGNMENT.pairs(question)]
    sample = Random(question).sample(pairs, 25)
    found = [(pair, diagnosed(question, as_observed(pair))) for pair in sample]
    assert all(named is None or BOTH not in named.name or named.name == pair.name for pair, named in found)
    assert sum(named is not None and named.name == pair.name for pair, named in found) >= len(sample) / 3


def as_observed(misconception: Misconception) -> list[Seen]:
    """What whoever has this misconception shows on all checks."""
    return [
        replace(one, observation=misconception.predicts(one.check.probe, one.inputs))
        for one in observed(misconception.question, None)
    ]
