"""What the grader makes of a mutant, and what the mutant truly computes."""

from __future__ import annotations

import os
import re
from collections.abc import Callable, Iterable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace
from queue import SimpleQueue
from random import Random
from string import Formatter
from typing import TypeVar, cast

from assigned import ASSIGNMENT, CHECKS, FAULTS, OPERATORS, observed_on_reference, sandbox
from in_process import InProcess, submitted_value
from mutants import Mutant
from specimens import solution_answers

from autograder.autodiff.probes.by_name import ONCE
from autograder.autodiff.sealed import fault_pairs
from autograder.autodiff.sealed.reference_engine import Fault
from autograder.classroom.pools import core_numbers
from autograder.grading import compare
from autograder.grading.draws import Draws
from autograder.grading.methods import grade_methods
from autograder.sandbox.sandbox import Sandbox
from autograder.settings import Config
from autograder.vocabulary import Inputs, Loaded, Observation

AT_ONCE = 2
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
    outcomes = grade_methods(box, loaded, ASSIGNMENT, draws)
    own = [outcome for outcome in outcomes.values() if outcome.check.question == mutant.question]
    return Verdict(
        frozenset(outcome.check.id for outcome in own if outcome.outcome != "passed"),
        frozenset(outcome.misconception for outcome in own if outcome.misconception),
    )


def at_once(judge: Callable[[Item, int], Result], items: Iterable[Item], most: int = AT_ONCE) -> list[Result]:
    """``judge(item, slot)`` for all items, in their order; no two that run at the same time have the same slot.

    Where there is a core for each slot its gradings stay there: making their processes is half of the work.
    """
    cores = core_numbers()
    slots: SimpleQueue[int] = SimpleQueue()
    for slot in range(most):
        slots.put(slot)

    def with_slot(item: Item) -> Result:
        slot = slots.get()
        if len(cores) == most:
            os.sched_setaffinity(0, [cores[slot]])  # this thread, and what it starts
        try:
            return judge(item, slot)
        finally:
            slots.put(slot)

    with ThreadPoolExecutor(most) as pool:
        return list(pool.map(with_slot, items))


# --- the truth ----------------------------------------------------------------------------------------------------


def computed_faults(mutant: Mutant) -> frozenset[str]:
    """The named faults that compute what the mutant computes, on other inputs than those it is graded with."""
    seen = _seen(mutant)
    if all(_same(None, *one) for one in seen):
        return frozenset()  # it is right here, as are faults that show at 0 only
    own = [fault for fault in FAULTS if fault.question == mutant.question]
    return frozenset(fault.name for fault in own if all(_same(fault, *one) for one in seen))


def computes_both(mutant: Mutant, name: str) -> bool:
    """Whether the pair of faults that is called so computes what the mutant computes, on other inputs too."""
    own = [fault for fault in FAULTS if fault.question == mutant.question]
    [pair] = [fault for fault in fault_pairs.pairs(own) if fault.name == name]
    return all(_same(pair, *one) for one in _seen(mutant))


def _seen(mutant: Mutant) -> list[tuple[str, Inputs, Observation]]:
    box = InProcess(submitted_value({mutant.question: mutant.cell}))
    generator = Random(mutant.name)
    probes = dict.fromkeys(check.probe for check in CHECKS if check.question == mutant.question)
    cases = [(probe, _fresh_inputs(probe, generator)) for _ in range(FRESH_ROUNDS) for probe in probes]
    return [(probe, inputs, box.observe(probe, inputs)) for probe, inputs in cases]


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


def _same(fault: Fault | None, probe: str, inputs: Inputs, observation: Observation) -> bool:
    predicted = observed_on_reference(probe, inputs, fault)
    if predicted.error != observation.error:
        return False
    same_message = predicted.detail == observation.detail or _types(predicted.detail) & _types(observation.detail)
    return bool(same_message) and not compare.mismatches(predicted.values, observation.values)


def _types(detail: str) -> set[str]:
    """The types that Python's message quotes; which number type it is does not matter."""
    return {name.replace("int", "float") for name in re.findall(r"(?<!attribute )'(\w+)'", detail)}
