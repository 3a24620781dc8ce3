"""Right and wrong answers get exactly what they state: the checks they lose, their score, the misconceptions named.

``GALLERY=whole`` runs all of them with the training of the notebook. Otherwise some run, which train on a few houses,
and one right answer goes the whole way.
"""

from __future__ import annotations

from pathlib import Path

import pytest
from assigned import ASSIGNMENT, FAULTS
from specimens import ALL_IDS, WHOLE, Specimen, specimen_of, specimens, write

from autograder.grading import pipeline
from autograder.intake import reader_process
from autograder.vocabulary import BOTH, Assignment, Report

RIGHT, WRONG = specimens("right"), specimens("wrong")
EVERY = 16
"""Every sixteenth of the names in order: some of each operator, of the evidence and of the choices."""


def assert_as_stated(specimen: Specimen, report: Report) -> None:
    lost = {outcome.check.id for outcome in report.outcomes if outcome.outcome not in ("passed", "followed_through")}
    followed = {o.check.id: o.score for o in report.outcomes if o.outcome == "followed_through"}
    named = {outcome.misconception for outcome in report.outcomes if outcome.misconception}
    assert sorted(lost) == sorted(specimen.loses), report.notes
    assert followed == specimen.follows
    assert sorted(named) == sorted(specimen.names)
    assert report.score == specimen.score


@pytest.mark.parametrize("specimen", RIGHT + WRONG if WHOLE else RIGHT[::EVERY] + WRONG[::EVERY], ids=str)
def test_a_specimen_gets_what_it_states(
    specimen: Specimen, reader: reader_process.Reader, short_training: Assignment, tmp_path: Path
) -> None:
    read = reader.read(write(specimen.notebook(), tmp_path / "autodiff.ipynb"))
    assert read.submission is not None, read.refused
    assert_as_stated(specimen, pipeline.grade_submission(read.submission, short_training))


def test_a_right_answer_of_another_structure_goes_the_whole_way(tmp_path: Path) -> None:
    specimen = specimen_of("right/helper_class")
    assert_as_stated(specimen, pipeline.grade(write(specimen.notebook(), tmp_path / "autodiff.ipynb"), ASSIGNMENT))


def test_every_right_answer_gets_full_marks() -> None:
    assert len(RIGHT) >= 34
    assert all(specimen.score == 100 and not specimen.names for specimen in RIGHT)


def test_every_wrong_answer_loses_points() -> None:
    assert len(WRONG) >= 95
    assert all(specimen.score < 100 for specimen in WRONG)


def test_every_check_is_lost_by_a_wrong_answer_that_keeps_others_of_its_question() -> None:
    for id in (id for id in ALL_IDS if not id.startswith("training.")):  # a wrong loss stops the training, and all fall
        own = {other for other in ALL_IDS if other.split(".")[0] == id.split(".")[0]}
        assert any(id in specimen.loses and own - specimen.loses for specimen in WRONG), id


def test_every_named_fault_is_that_of_a_wrong_answer() -> None:
    named = frozenset[str]().union(*(specimen.names for specimen in WRONG))
    assert {name for name in named if BOTH not in name} == {fault.name for fault in FAULTS}
