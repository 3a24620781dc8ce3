"""What hostile and unlucky files get: what can be read is graded, the rest is refused with words that help."""

from __future__ import annotations

from pathlib import Path

import jsonschema
import pytest
from specimens import WHOLE, Specimen, specimens
from test_gradescope import SCHEMA

from autograder import gradescope, grading

LARGE = ("intake/cells_100_000", "intake/outputs_of_100_mb", "intake/zip_bomb")
"""Take half of the time; the whole gallery has them (``GALLERY=whole``), and the tests of intake their limits."""
INTAKE = [one for one in specimens("intake") if WHOLE or one.name not in LARGE]
SHARED = (Path("/tmp"), Path("/var/tmp"), Path("/dev/shm"))


@pytest.mark.parametrize("specimen", INTAKE, ids=lambda specimen: specimen.name)
def test_a_file_gets_what_its_specimen_states(specimen: Specimen, tmp_path: Path) -> None:
    folder = tmp_path / "submission"
    folder.mkdir()
    specimen.hand_in(folder)
    handed_in = {path: path.lstat() for path in folder.rglob("*")}

    report = grading.grade(folder)

    assert {outcome.check.id for outcome in report.outcomes if outcome.outcome != "passed"} == specimen.loses
    assert specimen.says in "\n".join(report.notes)
    assert "grader_fault" not in {outcome.outcome for outcome in report.outcomes}
    jsonschema.validate(gradescope.results(report, "hidden"), SCHEMA)
    assert {path: path.lstat().st_mtime_ns for path in folder.rglob("*")} == {
        path: status.st_mtime_ns for path, status in handed_in.items()
    }
    assert list(tmp_path.iterdir()) == [folder]
    assert not [path for shared in SHARED for path in shared.glob("autograder-slipped*")]
