"""What hostile and unlucky files get: what can be read is graded, the rest is refused with words that help."""

from __future__ import annotations

from contextlib import nullcontext
from dataclasses import replace
from pathlib import Path

import jsonschema
import pytest
from assigned import MANIFEST
from specimens import WHOLE, Specimen, specimens
from zip_ways import SCHEMA

from autograder.grading import pipeline
from autograder.intake import reader_process
from autograder.outlets import gradescope
from autograder.vocabulary import Assignment, Note, Report, Submission

_LARGE = (
    "altair backslashes blanks bokeh brackets cells digits empty images key keys log million nested outputs plotly "
    "quotes source vega video widget zip"
)
LARGE = [one for one in specimens("intake") if one.name.removeprefix("intake/").split("_")[0] in _LARGE.split()]
"""Have some ten megabytes each. Every eighth runs here; the whole gallery has them all (``GALLERY=whole``)."""
INTAKE = [one for one in specimens("intake") if WHOLE or one not in LARGE or one in LARGE[::8]]
SHARED = (Path("/tmp"), Path("/var/tmp"), Path("/dev/shm"))


@pytest.fixture(scope="module")
def reports() -> dict[str, Report]:
    """The reports so far, by what intake found in a file to be judged."""
    return {}


@pytest.fixture(autouse=True)
def read_by_one_and_graded_once(
    reader: reader_process.Reader, reports: dict[str, Report], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Grade once what intake reads from many files: most are the same answers in another guise."""
    monkeypatch.setattr(pipeline, "Reader", lambda manifest: nullcontext(reader))
    whole = pipeline.grade_submission

    def grade_once(submission: Submission, assignment: Assignment, **_: object) -> Report:
        judged = replace(submission, name="", notes=(), explanations={})
        if (key := repr(judged)) not in reports:
            reports[key] = whole(judged, assignment)
        report = reports[key]
        notes = (*map(Note, submission.notes), *pipeline.explanations(submission), *report.notes)
        return replace(report, submission=submission.name, notes=notes)

    monkeypatch.setattr(pipeline, "grade_submission", grade_once)


@pytest.mark.parametrize("specimen", INTAKE, ids=lambda specimen: specimen.name)
def test_a_file_gets_what_its_specimen_states(specimen: Specimen, short_training: Assignment, tmp_path: Path) -> None:
    folder = tmp_path / "submission"
    folder.mkdir()
    specimen.hand_in(folder)
    handed_in = {path: path.lstat() for path in folder.rglob("*")}

    report = pipeline.grade(folder, short_training)

    assert {outcome.check.id for outcome in report.outcomes if outcome.outcome != "passed"} == specimen.loses
    assert specimen.says in "\n".join(report.notes_for("student"))
    assert "grader_fault" not in {outcome.outcome for outcome in report.outcomes}
    jsonschema.validate(gradescope.results(report, MANIFEST, lambda question: "hidden"), SCHEMA)
    assert {path: path.lstat().st_mtime_ns for path in folder.rglob("*")} == {
        path: status.st_mtime_ns for path, status in handed_in.items()
    }
    assert list(tmp_path.iterdir()) == [folder]
    assert not [path for shared in SHARED for path in shared.glob("autograder-slipped*")]
