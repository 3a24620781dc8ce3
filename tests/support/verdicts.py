"""What the grader makes of a mutant, and what the mutant truly computes."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace
from functools import cache
from queue import SimpleQueue
from random import Random
from string import Formatter
from typing import TypeVar, cast

from assigned import ASSIGNMENT, CHECKS, OPERATORS, observed_on_reference, sandbox
from in_process import InProcess, submitted_value
from mutants import Mutant
from specimens import solution_answers

from autograder.autodiff.probes.by_name import ONCE
from autograder.classroom.pools import core_numbers, cores
from autograder.grading import compare, python_errors
from autograder.grading.draws import Draws
from autograder.grading.methods import grade_methods
from autograder.sandbox.sandbox import Sandbox
from autograder.settings import Config
from autograder.vocabulary import Inputs, Loaded, Misconception, Observation, Prediction

AT_ONCE = cores()
"""Gradings that run at the same time: one for each core."""
FRESH_ROUNDS = 10
"""Enough for both signs of every operand, and for sizes below and above 1."""
SETTINGS = Config("for tests only: no submission is drawn with it", "hidden")

Item = TypeVar("Item")
Result = TypeVar("Result")


@dataclass(frozen=True)
class Verdict:
    """The checks that a mutant lost, and the misconceptions that were named."""

    lost: frozenset[str]
    named: frozenset[str]


def in_process(mutant: Mutant, fingerprint: str = "") -> Verdict:
    """Grade the mutant as the grader does, but without sandbox: it is known to be harmless."""
    box = cast("Sandbox", InProcess(submitted_value({mutant.question: mutant.cell})))
    return _verdict(mutant, box, Loaded("grafted", {mutant.question: "ready"}), fingerprint)


def in_sandbox(mutant: Mutant, slot: int = 0) -> Verdict:
    """Grade the mutant as the grader does; the solution's other operators are there, but not graded again."""
    others = [solution_answers()[question] for question in OPERATORS if question != mutant.question]
    with sandbox([*others, mutant.cell], slot=slot) as box:
        loaded = box.load()
        return _verdict(mutant, box, replace(loaded, methods={mutant.question: loaded.methods[mutant.question]}))


def _verdict(mutant: Mutant, box: Sandbox, loaded: Loaded, fingerprint: str = "") -> Verdict:
    draws = Draws(CHECKS, lambda check: SETTINGS.generator(fingerprint, check.id))
    outcomes = grade_methods(box, loaded, REMEMBERING, draws).outcomes
    own = [outcome for outcome in outcomes.values() if outcome.check.question == mutant.question]
    return Verdict(
        frozenset(outcome.check.id for outcome in own if outcome.outcome != "passed"),
        frozenset(outcome.misconception for outcome in own if outcome.misconception),
    )


def at_once(judge: Callable[[Item, int], Result], items: Iterable[Item], most: int = AT_ONCE) -> list[Result]:
    """``judge(item, slot)`` for all items, in their order; no two that run at the same time have the same slot.

    Where all cores have as many slots, the gradings of a slot stay on one: making their processes is half of the work.
    """
    numbers = core_numbers()
    slots: SimpleQueue[int] = SimpleQueue()
    for slot in range(most):
        slots.put(slot)

    def with_slot(item: Item) -> Result:
        slot = slots.get()
        if numbers and most % len(numbers) == 0:
            os.sched_setaffinity(0, [numbers[slot % len(numbers)]])  # this thread, and what it starts
        try:
            return judge(item, slot)
        finally:
            slots.put(slot)

    with ThreadPoolExecutor(most) as pool:
        return list(pool.map(with_slot, items))


# --- predictions, made once for all mutants that see the same inputs -----------------------------------------------


def _remembered(way: Prediction) -> Prediction:
    known: dict[tuple[str, str], Observation] = {}

    def predicts(probe: str, inputs: Inputs) -> Observation:
        key = probe, repr(inputs)  # in which 3 and 3.0 differ, and 0.0 and -0.0
        if key not in known:
            known[key] = way(probe, inputs)
        return known[key]

    return predicts


def _remembering(misconception: Misconception) -> Misconception:
    first, *others = map(_remembered, misconception.ways)
    return replace(misconception, predicts=first, also_predicts=tuple(others))


REMEMBERING = replace(
    ASSIGNMENT,
    misconceptions=tuple(map(_remembering, ASSIGNMENT.misconceptions)),
    pairs=cache(lambda question: tuple(map(_remembering, ASSIGNMENT.pairs(question)))),
)
_on_reference = _remembered(observed_on_reference)


# --- the truth ----------------------------------------------------------------------------------------------------


def computed_faults(mutant: Mutant) -> frozenset[str]:
    """The named faults that compute what the mutant computes, on other inputs than those it is graded with."""
    seen = _seen(mutant)
    if all(_same(_on_reference, *one) for one in seen):
        return frozenset()  # it is right here, as are faults that show at 0 only
    own = [one for one in REMEMBERING.misconceptions if one.question == mutant.question]
    return frozenset(one.name for one in own if _computes(one, seen))


def computes_both(mutant: Mutant, name: str) -> bool:
    """Tell if the pair of faults that is called so computes what the mutant computes, on other inputs too."""
    [pair] = [one for one in REMEMBERING.pairs(mutant.question) if one.name == name]
    return _computes(pair, _seen(mutant))


def _seen(mutant: Mutant) -> list[tuple[str, Inputs, Observation]]:
    box = InProcess(submitted_value({mutant.question: mutant.cell}))
    cases = _cases(mutant.question)
    seen = [(probe, inputs, one) for probe, inputs in cases for one in box.observe(probe, [inputs])]
    return sorted(seen, key=lambda one: _same(_on_reference, *one))  # what it changes rules most faults out


@cache
def _cases(question: str) -> list[tuple[str, Inputs]]:
    """The probes of a question with inputs for several rounds, the same for all mutants."""
    generator = Random(question)
    probes = dict.fromkeys(check.probe for check in CHECKS if check.question == question)
    return [(probe, _fresh_inputs(probe, generator)) for _ in range(FRESH_ROUNDS) for probe in probes]


def _computes(misconception: Misconception, seen: Sequence[tuple[str, Inputs, Observation]]) -> bool:
    return any(all(_same(way, *one) for one in seen) for way in misconception.ways)


def _fresh_inputs(probe: str, generator: Random) -> Inputs:
    """A number for every name in the probe's docstring, drawn in another way than the rubric does."""
    fields = Formatter().parse(ONCE[probe].__doc__ or "")
    names = sorted({name for _, name, _, _ in fields if name})
    inputs: dict[str, float] = {name: generator.choice((-1, 1)) * 10 ** generator.uniform(-1, 1) for name in names}
    if probe == "product_with_number":
        inputs["b"] *= generator.choice((0, 1, 1))
    if "n" in names:
        inputs["n"] = generator.choice((3, -3, 6, generator.uniform(-2.0, 3.0)))
        inputs["a"] = inputs["a"] if isinstance(inputs["n"], int) else abs(inputs["a"])
    if "m" in names:
        inputs["m"] = generator.choice((2, 3, -3))  # whole, as a fault may make the base of the second power negative
    return inputs


def _same(way: Prediction, probe: str, inputs: Inputs, observation: Observation) -> bool:
    predicted = way(probe, inputs)
    if predicted.error != observation.error:
        return False
    about = python_errors.subject(predicted.detail)
    same_message = not about or about == python_errors.subject(observation.detail)
    return same_message and not compare.mismatches(predicted.values, observation.values)
