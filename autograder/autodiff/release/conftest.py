"""Fixtures and options with which `pytest` runs the public checks on the saved notebook."""

import grader
import pytest

OUTCOMES = pytest.StashKey[dict]()


def pytest_addoption(parser):
    """Add the option `--training`: the training runs only on request, as it takes ten seconds or more."""
    parser.addoption("--training", action="store_true", help="also train the network on all training houses")


@pytest.fixture(scope="session")
def notebook():
    """Return the names that the notebook beside this file defines."""
    return grader.load_notebook()


@pytest.fixture(scope="session")
def outcomes(request):
    """Return the outcomes of the public checks so far, by id."""
    return request.config.stash.setdefault(OUTCOMES, {})


def pytest_terminal_summary(terminalreporter, config):
    """Print the points earned so far, and which questions are still blank."""
    found = config.stash.get(OUTCOMES, {}).values()
    if not found:
        return
    blank = dict.fromkeys(outcome.row["question"] for outcome in found if outcome.state == grader.NOT_ATTEMPTED)
    terminalreporter.section("public checks")
    if blank:
        terminalreporter.write_line(f"Still blank: {', '.join(blank)}.")
    terminalreporter.write_line(grader.summary(found))
