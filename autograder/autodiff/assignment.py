"""This assignment as the one value that the machinery is handed."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

from autograder.autodiff import provided
from autograder.autodiff.manifest import MANIFEST
from autograder.autodiff.probes.by_name import ONCE, describe
from autograder.autodiff.sealed import mul, pow, relu, test_vs_train, training
from autograder.autodiff.sealed.error_faults import errors_in_any_operator
from autograder.autodiff.sealed.reference_engine import Fault, Node, engine
from autograder.vocabulary import Assignment, Inputs, Misconception, Observation, Prediction

OF_NUMBER: tuple[Fault, ...] = (*mul.FAULTS, *pow.FAULTS, *relu.FAULTS)
OF_ERROR = tuple(fault for question in MANIFEST.methods.items() for fault in errors_in_any_operator(*question))
FAULTS: tuple[Fault, ...] = (*OF_NUMBER, *OF_ERROR)


def observed_on_reference(probe: str, inputs: Inputs, fault: Fault | None = None) -> Observation:
    """What the reference engine, with ``fault`` if given, shows on a probe."""
    try:
        measured = ONCE[probe](engine(fault), inputs)
        return Observation("returned", {name: _as_told(value) for name, value in measured.items()})
    except Exception as error:
        # The faulty engine fails as the student's mistake would, but for the name of its class.
        detail = str(error).replace("'Node'", "'Value'").replace("'FaultyNode'", "'Value'")
        return Observation("raised", error=type(error).__name__, detail=detail)


def _as_told(value: Any) -> Any:
    """A node in place of a number, in the words in which the worker tells of the student's."""
    return "an object of type Value" if isinstance(value, Node) else value


def _misconception(fault: Fault) -> Misconception:
    first, *others = (_prediction(replace(fault, rule=rule)) for rule in (fault.rule, *fault.other_rules))
    return Misconception(fault.name, fault.question, fault.hint, first, tuple(others))


def _prediction(fault: Fault) -> Prediction:
    def predicts(probe: str, inputs: Inputs) -> Observation:
        return observed_on_reference(probe, inputs, fault)

    return predicts


AUTODIFF = Assignment(
    manifest=MANIFEST,
    checks=(*mul.CHECKS, *pow.CHECKS, *relu.CHECKS, *training.CHECKS, *test_vs_train.CHECKS),
    misconceptions=tuple(map(_misconception, FAULTS)),
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
