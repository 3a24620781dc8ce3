"""Self-check and grader agree on right and wrong work in odd shapes: what one accepts, so does the other."""

from __future__ import annotations

import importlib
import sys
from collections.abc import Iterator
from pathlib import Path
from types import ModuleType

import pytest
from assigned import CHECKS, MANIFEST
from specimens import GALLERY, Specimen, read_specimen, write

from autograder.authoring import handout

SHAPES = ("unreadable", "words", "classes", "experiments", "magics", "loops", "numbers")
"""Folders of the gallery, each a class of shapes."""
BY_NAME = "broken/words_setattr_with_the_name_of_another"
"""The grader takes a function for the method of its name where none was attached; in the notebook there is none."""
ODD = [read_specimen(path) for shape in SHAPES for path in sorted((GALLERY / "broken" / shape).glob("*.py"))]


@pytest.fixture(scope="module")
def self_check(tmp_path_factory: pytest.TempPathFactory) -> Iterator[ModuleType]:
    folder = tmp_path_factory.mktemp("release")
    handout.write_handout(folder)
    with pytest.MonkeyPatch.context() as patch:
        patch.syspath_prepend(folder)
        for name in ("grader", "drawing"):
            patch.delitem(sys.modules, name, raising=False)
        yield importlib.import_module("grader")
        for name in ("grader", "drawing"):
            sys.modules.pop(name, None)


@pytest.mark.parametrize("specimen", [one for one in ODD if one.name != BY_NAME], ids=str)
def test_the_self_check_passes_what_the_grader_passes(
    specimen: Specimen, self_check: ModuleType, tmp_path: Path
) -> None:
    namespace = self_check.load_notebook(write(specimen.notebook(), tmp_path / "autodiff.ipynb"))
    outcomes = [
        outcome for question in MANIFEST.methods for outcome in self_check.check_in(namespace, question).outcomes
    ]
    public = {check.id for check in CHECKS if check.visibility == "public" and check.question in MANIFEST.methods}
    assert {outcome.row["id"] for outcome in outcomes if outcome.state == self_check.PASSED} == public - specimen.loses


@pytest.mark.parametrize("shape", SHAPES)
def test_every_class_of_shapes_is_at_least_five_deep_and_has_some_that_lose(shape: str) -> None:
    own = [bool(one.loses) for one in ODD if one.name.startswith(f"broken/{shape}_")]
    assert len(own) >= 5
    assert {*own} == {True, False}
