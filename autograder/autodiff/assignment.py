"""This assignment as the one value that the machinery is handed."""

from __future__ import annotations

import math
from functools import cache
from pathlib import Path
from typing import Any

from autograder.autodiff import provided
from autograder.autodiff.location import located
from autograder.autodiff.manifest import MANIFEST
from autograder.autodiff.probes.by_name import ONCE, describe
from autograder.autodiff.sealed import (
    fault_pairs,
    mul,
    mul_faults,
    pow,
    pow_faults,
    relu,
    relu_faults,
    test_vs_train,
    training,
)
from autograder.autodiff.sealed.reference_engine import Fault, engine
from autograder.vocabulary import Assignment, Inputs, Misconception, Observation, Scalar

FAULTS: tuple[Fault, ...] = (*mul_faults.FAULTS, *pow_faults.FAULTS, *relu_faults.FAULTS)


def observed_on_reference(probe: str, inputs: Inputs, fault: Fault | None = None) -> Observation:
    """What the reference engine, with ``fault`` if given, shows on a probe."""
    try:
        measured = ONCE[probe](engine(fault), inputs)
    except Exception as error:
        # The faulty engine fails as the student's mistake would.
        return Observation("raised", error=type(error).__name__, detail=str(error))
    return Observation("returned", {name: _plain(number) for name, number in measured.items()})


def _plain(number: Any) -> Scalar:
    """A finite number as it is; of another what it is, in the words of the student's process."""
    if isinstance(number, complex):
        return "an object of type complex"
    return number if math.isfinite(number) else str(number)


def _misconception(fault: Fault) -> Misconception:
    def predicts(probe: str, inputs: Inputs) -> Observation:
        return observed_on_reference(probe, inputs, fault)

    return Misconception(fault.name, fault.question, fault.hint, predicts)


@cache
def _pairs(question: str) -> tuple[Misconception, ...]:
    return tuple(map(_misconception, fault_pairs.pairs([fault for fault in FAULTS if fault.question == question])))


AUTODIFF = Assignment(
    manifest=MANIFEST,
    checks=(*mul.CHECKS, *pow.CHECKS, *relu.CHECKS, *training.CHECKS, *test_vs_train.CHECKS),
    misconceptions=tuple(map(_misconception, FAULTS)),
    pairs=_pairs,
    located=located,
    cells=provided.cells,
    describe=describe,
    completed=training.with_houses,
    steps=training.losses_by_epoch,
    shortcuts={"gradient_descent": "gradient_descent_on_tape"},
    key=test_vs_train.KEY,
    secrets=test_vs_train.secrets,
    folder=provided.ASSIGNMENT,
    data=(provided.DATA,),
    templates=Path(__file__).resolve().parent / "release",
)
