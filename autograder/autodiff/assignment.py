"""The one value that describes this assignment to the machinery."""

from __future__ import annotations

import math
from dataclasses import replace
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
from autograder.autodiff.sealed.error_faults import errors_in_any_operator
from autograder.autodiff.sealed.reference_engine import Fault, Node, engine
from autograder.vocabulary import Assignment, Inputs, Misconception, Observation, Prediction, Scalar

OF_NUMBER: tuple[Fault, ...] = (*mul_faults.FAULTS, *pow_faults.FAULTS, *relu_faults.FAULTS)
OF_ERROR = tuple(
    fault for question, name in MANIFEST.methods.items() for fault in errors_in_any_operator(question, name)
)
FAULTS = (*OF_NUMBER, *OF_ERROR)


def observed_on_reference(probe: str, inputs: Inputs, fault: Fault | None = None) -> Observation:
    """Run a probe on the reference engine, with a ``fault`` if one is given, and return what it shows."""
    try:
        measured = ONCE[probe](engine(fault), inputs)
    except Exception as error:
        # The faulty engine fails as the student's mistake would; only the name of its class differs.
        detail = str(error).replace("'Node'", "'Value'").replace("'FaultyNode'", "'Value'")
        return Observation("raised", error=type(error).__name__, detail=detail)
    return Observation("returned", {name: _as_told(value) for name, value in measured.items()})


def _as_told(value: Any) -> Scalar:
    """Return a finite number as it is, and for any other value the words that the worker uses for such a value."""
    if isinstance(value, Node):
        return "an object of type Value"
    if isinstance(value, complex):
        return "an object of type complex"
    return value if math.isfinite(value) else str(value)


def _misconception(fault: Fault) -> Misconception:
    first, *others = (_prediction(replace(fault, rule=rule)) for rule in (fault.rule, *fault.other_rules))
    return Misconception(fault.name, fault.question, fault.hint, first, tuple(others))


def _prediction(fault: Fault) -> Prediction:
    def predicts(probe: str, inputs: Inputs) -> Observation:
        return observed_on_reference(probe, inputs, fault)

    return predicts


@cache
def _pairs(question: str) -> tuple[Misconception, ...]:
    return tuple(map(_misconception, fault_pairs.pairs([fault for fault in OF_NUMBER if fault.question == question])))


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
    shortcuts=training.shortcuts,
    lent={"mul": mul.LENT, "pow": pow.LENT, "relu": relu.LENT},
    key=test_vs_train.KEY,
    secrets=test_vs_train.secrets,
    folder=provided.ASSIGNMENT,
    data=(provided.DATA,),
    templates=Path(__file__).resolve().parent / "release",
)
