"""The public checks under pytest: `pytest` in this folder, or `pytest --training` to train the network as well."""

import grader
import pytest


@pytest.mark.parametrize("row", grader.CHECKS, ids=lambda row: row["id"])
def test_public_check(row, notebook, outcomes, request, capsys, monkeypatch):
    """Run a public check; a failure shows what was run, expected and got, and a blank question is skipped."""
    if row["question"] == "training" and not request.config.getoption("--training"):
        pytest.skip("it takes ten seconds or more: run pytest --training")
    monkeypatch.chdir(grader.NOTEBOOK.parent)
    with capsys.disabled():
        outcome = grader.run(row, notebook, outcomes)
    if outcome.state == grader.FAILED:
        again = outcome.message if outcome.message.startswith("Stops ") else ""  # the same error is not told twice
        pytest.fail(again or str(outcome)[2:], pytrace=False)  # without the ✗ at the beginning: pytest prints its own
    if outcome.state != grader.PASSED:
        pytest.skip(f"{outcome.state}. {outcome.message} {outcome.hint}".strip())
