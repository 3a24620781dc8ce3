"""The table of the gallery that is shown to instructors is about the gallery as it is."""

from __future__ import annotations

import gallery_table
import pytest
import readme_blocks
from equivalent_mutants import NAMES
from gallery_table import MutantResult, SpecimenResult, kinds, specimens_for, table, ways_table
from mutants import mutants
from readme_blocks import TABLE, WAYS_TABLE
from specimens import Specimen, specimens
from verdicts import Verdict
from ways_of_grading import WAYS, Found


def rows(text: str) -> dict[str, list[str]]:
    """The cells of each row after the first, by the first."""
    lines = [line.strip("| ").split(" | ") for line in text.splitlines() if line.startswith("|")]
    return {first: rest for first, *rest in lines}


needs_table = pytest.mark.skipif(not TABLE.is_file(), reason="nobody has run `make gallery` yet")


@needs_table
def test_the_table_counts_the_specimens_that_are_there_and_all_are_as_expected() -> None:
    found = rows(TABLE.read_text(encoding="utf-8"))
    for kind in kinds():
        count = str(len(specimens(kind)))
        assert found[kind][:2] == [count, count], f"{kind}: run `make gallery`"


@needs_table
def test_the_table_counts_the_mutants_that_are_there_and_none_survived() -> None:
    found = rows(TABLE.read_text(encoding="utf-8"))
    total, equivalent = len(mutants()), len(NAMES)
    assert found[str(total)] == [str(total - equivalent), str(equivalent), "0"], "run `make gallery`"


@needs_table
def test_every_fault_that_was_named_was_there() -> None:
    found = rows(TABLE.read_text(encoding="utf-8"))
    there = sum(len(specimen.names) for specimen in specimens(*kinds()))
    assert found["specimens"] == [str(there), str(there), "100.0%", "100.0%"], "run `make gallery`"
    assert found["mutants"][2] == "100.0%"


@needs_table
def test_the_specimens_are_as_expected_in_every_way_of_grading() -> None:
    found = rows(WAYS_TABLE.read_text(encoding="utf-8"))
    for way in WAYS:
        graded, as_expected, *_ = found[way]
        assert graded == as_expected, f"run `python tests/support/gallery_table.py --way '{way}'`"
        missing = len(specimens_for(way)) - int(graded)
        assert 0 <= missing < 50  # the other ways are run when walls change, not with every new specimen


def test_the_readme_shows_the_table() -> None:
    assert readme_blocks.block("gallery") == readme_blocks.gallery()


@pytest.mark.parametrize(("flaws", "gradings", "is_flawed"), [((), 2, False), (("leaked",), 1, True)])
def test_other_points_are_confirmed_by_a_second_grading_and_a_breach_of_the_wall_is_final(
    monkeypatch: pytest.MonkeyPatch, flaws: tuple[str, ...], gradings: int, is_flawed: bool
) -> None:
    one = next(specimen for specimen in specimens("wrong") if specimen.names and not specimen.says)
    right = Found(one.points, frozenset(one.follows), one.names, "")
    found = iter([Found({}, frozenset(), frozenset(), "", flaws), right])
    graded: list[str] = []

    def grade(specimen: Specimen, *_: object, **__: object) -> Found:
        graded.append(specimen.name)
        return next(found)

    monkeypatch.setattr(gallery_table, "grade", grade)
    monkeypatch.setattr(gallery_table, "specimens_for", lambda way: [one])
    [result] = gallery_table.grade_specimens("own uid")
    assert (len(graded), bool(result.flaws)) == (gradings, is_flawed)


def test_what_is_not_as_expected_is_counted_as_such() -> None:
    fault, other = frozenset({"mul.swapped"}), frozenset({"mul.adds"})
    fine, *_, unnamed = (specimen for specimen in specimens("wrong") if specimen.names == {"mul.overwrites"})
    of_specimens = [
        SpecimenResult(fine, fine.names, 1.0, ()),
        SpecimenResult(unnamed, frozenset(), 3.0, ("did not name mul.overwrites",)),
    ]
    one, two, *_ = (mutant for mutant in mutants() if mutant.name not in NAMES)
    of_mutants = [
        MutantResult(one, Verdict(frozenset({"mul.forward"}), fault), other),
        MutantResult(two, Verdict(frozenset(), frozenset()), frozenset()),
    ]
    found = rows(table(of_specimens, of_mutants))
    assert found["wrong"] == ["2", "1", "2.0"]
    assert found["2"] == ["1", "0", "1"]
    assert found["specimens"] == ["2", "1", "100.0%", "50.0%"]
    assert found["mutants"] == ["1", "1", "0.0%", "0.0%"]
    assert [result.flaws for result in of_mutants] == [["is named mul.swapped, which it is not"], ["survived"]]


def test_a_way_that_is_run_again_replaces_its_row_only() -> None:
    specimen = specimens("right")[0]
    one = [SpecimenResult(specimen, frozenset(), 1.0, ())]
    first = ways_table({"own uid": one, "otter run": one * 2}, "0a1b2c3")
    leaked = SpecimenResult(specimen, frozenset(), 9.0, ("leaked",))
    again = rows(ways_table({"otter run": [*one * 3, leaked]}, "4d5e6f7", first))
    assert again["own uid"] == ["1", "1", "1.0", "0a1b2c3"]
    assert again["otter run"] == ["4", "3", "1.0", "4d5e6f7"]


def test_an_equivalent_mutant_that_is_killed_is_no_longer_equivalent() -> None:
    equivalent = next(mutant for mutant in mutants() if mutant.name in NAMES)
    result = MutantResult(equivalent, Verdict(frozenset({"mul.forward"}), frozenset()), frozenset())
    assert result.flaws == ["is listed as equivalent, but was killed"]
