"""Every single-point mutant of the solution loses points or is shown to be equivalent, and none is misdiagnosed."""

from __future__ import annotations

import ast

import equivalent_mutants as mutants_equivalent
import pytest
from assigned import OPERATORS
from mutants import Mutant, mutants
from specimens import solution_answers
from verdicts import Verdict, at_once, computed_faults, computes_both, in_process, in_sandbox

from autograder.vocabulary import BOTH

Verdicts = dict[Mutant, Verdict]
SAMPLE = mutants()[::60]
"""Through the sandbox here; ``make gallery`` sends every tenth through it."""


@pytest.fixture(scope="module", params=["one submission", "another submission"])
def verdicts(request: pytest.FixtureRequest) -> Verdicts:
    return {mutant: in_process(mutant, request.param) for mutant in mutants()}


@pytest.fixture(scope="module")
def truth() -> dict[Mutant, frozenset[str]]:
    return {mutant: computed_faults(mutant) for mutant in mutants()}


@pytest.mark.xdist_group("mutants")
def test_a_mutant_gets_through_if_and_only_if_it_is_listed_as_equivalent(verdicts: Verdicts) -> None:
    survivors = {mutant.name for mutant, verdict in verdicts.items() if not verdict.lost}
    assert survivors - mutants_equivalent.NAMES == set()
    assert mutants_equivalent.NAMES - survivors == set()


@pytest.mark.xdist_group("mutants")
def test_a_fault_is_named_if_and_only_if_it_is_what_the_mutant_computes(
    verdicts: Verdicts, truth: dict[Mutant, frozenset[str]]
) -> None:
    singles = {mutant: sorted(name for name in found.named if BOTH not in name) for mutant, found in verdicts.items()}
    named = {mutant.name: names for mutant, names in singles.items() if names}
    assert named == {mutant.name: sorted(faults) for mutant, faults in truth.items() if faults}


@pytest.mark.xdist_group("mutants")
def test_two_faults_are_named_only_if_they_are_what_the_mutant_computes(verdicts: Verdicts) -> None:
    pairs = [(mutant, name) for mutant, verdict in verdicts.items() for name in verdict.named if BOTH in name]
    assert [mutant.name for mutant, name in pairs if not computes_both(mutant, name)] == []


def test_the_sandbox_comes_to_the_same_verdicts() -> None:
    assert at_once(in_sandbox, SAMPLE) == [in_process(mutant) for mutant in SAMPLE]


def test_mutants_are_told_apart_by_their_names_and_their_cells() -> None:
    assert len({mutant.name for mutant in mutants()}) == len({mutant.cell for mutant in mutants()}) == len(mutants())
    assert {mutant.question for mutant in mutants()} == set(OPERATORS)


def test_no_mutant_is_the_solution() -> None:
    same = {ast.dump(ast.parse(source)) for source in solution_answers().values() if "def " in source}
    assert all(ast.dump(ast.parse(mutant.cell)) not in same for mutant in mutants())


@pytest.mark.parametrize(
    "change",
    [
        "mul 6: self.grad += other.data * out.grad → self.grad = other.data * out.grad",
        "mul 6: self.grad += other.data * out.grad → self.grad += self.data * out.grad",
        "mul 7: other.grad += self.data * out.grad →",
        "mul 8: out._backward = _backward → out._backward = _backward()",
        "mul 9: return out → return self",
        "mul 3: out = Value(self.data * other.data, (self, other)) → out = Value(self.data * other.data, (self,))",
        "pow 5: self.grad += exponent * self.data ** (exponent - 1) * out.grad → "
        "self.grad += self.data ** (exponent - 1) * out.grad",
        "pow 5: self.grad += exponent * self.data ** (exponent - 1) * out.grad → "
        "self.grad += exponent * self.data ** exponent * out.grad",
        "relu 5: if self.data > 0: → if not self.data > 0:",
        "relu 5: if self.data > 0: → if self.data > 1:",
    ],
)
def test_the_slips_that_everybody_knows_are_among_the_mutants(change: str) -> None:
    assert change in {mutant.name for mutant in mutants()}
