"""Every named mistake is recognised in what a student wrote, and not only in the numbers that it predicts itself."""

from __future__ import annotations

import pytest
from assigned import FAULTS
from mutants import Mutant
from specimens import specimens
from verdicts import in_process

from autograder.autodiff.sealed.reference_engine import Fault

WRITTEN = {
    name: (question, source)
    for specimen in specimens("wrong")
    if len(specimen.cells) == len(specimen.names) == 1
    for name in specimen.names
    for question, source in specimen.cells
}
"""A cell of a student's for each fault, with the question that it answers."""


@pytest.mark.parametrize("fault", FAULTS, ids=lambda fault: fault.name)
def test_a_mistake_is_named_in_what_a_student_wrote(fault: Fault) -> None:
    question, source = WRITTEN[fault.name]
    assert in_process(Mutant(question, "", source)).named == {fault.name}
