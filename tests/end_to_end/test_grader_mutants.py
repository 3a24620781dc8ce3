"""The grader's own mutants are changes of what runs, and a test that fails is told."""

from __future__ import annotations

import ast
from pathlib import Path

import grader_mutants
import grader_survivors
import pytest
from grader_mutants import Copy, distinct, module_name, module_path, mutants_of, own_tests, sample
from specimens import ROOT

COMPARE = ROOT / "autograder" / "grading" / "compare.py"


def test_each_mutant_changes_what_the_module_does() -> None:
    original = ast.unparse(ast.parse(COMPARE.read_text(encoding="utf-8")))
    found = list(mutants_of(COMPARE))
    assert len(found) > 20
    assert all(ast.unparse(ast.parse(mutant.source)) != original for mutant in found)


def test_the_sample_is_the_same_at_every_run_and_leaves_out_no_module_of_the_rooms() -> None:
    names = [mutant.name for mutant in sample(most=100)]
    assert names == [mutant.name for mutant in sample(most=100)]
    sampled = {mutant.module for mutant in sample(most=100)}
    modules = [path for room in grader_mutants.ROOMS for path in (ROOT / "autograder" / room).glob("*.py")]
    with_mutants = {module_name(path) for path in modules if next(mutants_of(path), None)}
    assert sampled == with_mutants - set(grader_mutants.LEFT_OUT)


def test_a_mutant_is_valid_python() -> None:
    for mutant in sample(most=100):
        compile(mutant.source, mutant.name, "exec")  # a mutant that raises here would count as killed


def test_every_survivor_that_is_explained_is_a_mutant_of_the_grader() -> None:
    modules = {name.partition(":")[0] for name in grader_survivors.NAMES}
    found = {mutant.name for module in modules for mutant in distinct(module_path(module))}
    assert grader_survivors.NAMES.keys() - found == set()


def test_a_mutant_is_told_with_the_test_that_kills_it_and_the_module_itself_survives(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(grader_mutants.TESTS, "grading", ())
    monkeypatch.setattr(grader_mutants, "OF_ALL", ())
    looser = next(mutant for mutant in mutants_of(COMPARE) if mutant.before == "1e-06")
    copy = Copy(tmp_path)
    assert copy.killed_by(looser).startswith("tests/grading/test_compare.py::")
    assert copy.broken_by_itself([looser.module]) == ""
    copy.write(looser.module, "1 / 0")
    assert copy.broken_by_itself([looser.module])


def test_a_test_that_fails_for_no_mutant_of_its_module_is_told(tmp_path: Path) -> None:
    copy = Copy(tmp_path)
    [(module, file)] = own_tests("wire/printable")
    with (copy.root / file).open("a", encoding="utf-8") as tests:
        tests.write("\n\ndef test_of_nothing() -> None:\n    pass\n")
    assert copy.idle(module, file) == [f"{file}::test_of_nothing"]
    assert [*own_tests("sandbox/")] == []  # attacks
