"""One grading of a class: what it needs of its machine, and what is stored of it."""

from __future__ import annotations

from pathlib import Path

import pytest
from assigned import CHECKS, read_submission
from class_folders import blank
from specimens import specimen_of, with_answers, write

from autograder.classroom import grading_job
from autograder.classroom.result_store import grader_version
from autograder.vocabulary import Submission
from autograder.wire import confinement


def test_here_submissions_are_kept_apart() -> None:
    assert confinement.separates(grading_job.isolation_here())


def test_a_machine_with_another_version_refuses() -> None:
    with pytest.raises(grading_job.VersionError, match="another version"):
        grading_job.grade_job(Submission("a", ()), "another version")


def test_a_result_does_not_tell_whose_it_is(tmp_path: Path) -> None:
    notebook = blank(1)
    for cell in notebook["cells"]:
        if "answer:explain_1" in cell["metadata"].get("tags", []):
            cell["source"] = "I am Ada Lovelace."
    submission = read_submission(write(notebook, tmp_path / "lovelace.ipynb"))
    assert "Ada" in str(submission.explanations)
    report = grading_job.grade_job(submission, grader_version())
    assert "lovelace" not in str(report).lower()


@pytest.fixture(scope="module")
def graded(tmp_path_factory: pytest.TempPathFactory) -> grading_job.Graded:
    """A submission that is wrong where only hidden checks see it, graded."""
    path = tmp_path_factory.mktemp("wrong") / "autodiff.ipynb"
    write(with_answers(*specimen_of("wrong/relu_capped_at_a_thousand").cells), path)
    return grading_job.grade_here(read_submission(path), grader_version())


def test_the_account_tells_of_every_check_that_ran_what_was_run_expected_and_got(graded: grading_job.Graded) -> None:
    outcomes = {check["id"]: check["outcome"] for check in graded.result["checks"]}
    for check in CHECKS:
        runs = graded.account.get(check.id, ())
        if check.probe and outcomes[check.id] in ("passed", "failed"):
            assert runs
            assert all(run["ran"] and run["expected"] for run in runs), check.id
            assert all(run["holds"] == (run["got"] == "") for run in runs)
            assert all(run["holds"] for run in runs) == (outcomes[check.id] == "passed")
    assert "relu.forward_range" in [id for id, outcome in outcomes.items() if outcome == "failed"]


def test_what_is_stored_has_the_hidden_inputs_and_another_grading_has_the_same(graded: grading_job.Graded) -> None:
    stored = graded.result[grading_job.ACCOUNT]
    assert set(stored) == {check.id for check in CHECKS if check.visibility == "hidden"} & set(graded.account)
    assert len({run["ran"] for run in stored["relu.forward_range"]}) == len(stored["relu.forward_range"]) > 10
