"""Answers of our own, run in this process: fast, and right where the code under test is known to be harmless."""

from __future__ import annotations

import ast
import random
import warnings
from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from types import CodeType
from typing import Any

from assigned import OPERATORS, definitions
from specimens import solution_answers

from autograder.autodiff.probes.by_name import ONCE
from autograder.sandbox.budget import Budget
from autograder.vocabulary import Inputs, Observation
from autograder.worker.safe_values import exception_row, know_numbers, scalar


def submitted_value(answers: Mapping[str, str]) -> Any:
    """The notebook's class ``Value`` with the solution's operators, except where ``answers`` replaces a cell."""
    return provided_with(answers)["Value"]


def provided_with(answers: Mapping[str, str]) -> dict[str, Any]:
    """The provided classes by name, with these operators on ``Value``."""
    cells = [answers.get(question, solution_answers()[question]) for question in OPERATORS]
    namespace: dict[str, Any] = {"random": random}
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", SyntaxWarning)  # a mutant may compare with `is`
        exec(_provided_classes(), namespace)
        exec("\n".join(cells), namespace)
    return namespace


@cache
def _provided_classes() -> CodeType:
    """The provided classes and operators: all that needs no import."""
    wanted = (ast.ClassDef, ast.FunctionDef, ast.Expr)
    nodes = [node for node in ast.parse(definitions()).body if isinstance(node, wanted)]
    module = ast.Module([node for node in nodes if not getattr(node, "decorator_list", None)], [])
    return compile(module, "provided", "exec")


class InProcess:
    """Observes like ``autograder.sandbox.sandbox.Sandbox``, with no process of its own and no protection."""

    def __init__(self, value: Any) -> None:
        self._value, self.budget = value, Budget()
        know_numbers()

    def observe(self, probe: str, cases: Sequence[Inputs], budget: Budget | None = None) -> Iterator[Observation]:
        """Run one probe of an operator on each of these inputs."""
        return (self._observed(probe, inputs) for inputs in cases)

    def _observed(self, probe: str, inputs: Inputs) -> Observation:
        try:
            measured = ONCE[probe](self._value, inputs)
        except Exception as error:
            name, message, *_ = exception_row(error)
            return Observation("raised", error=name, detail=message)
        return Observation("returned", {name: scalar(number) for name, number in measured.items()})
