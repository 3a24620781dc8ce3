"""What `pytest` needs to run the public checks on the saved notebook."""

import grader
import pytest

OUTCOMES = pytest.StashKey[dict]()


def pytest_addoption(parser):
    """Add the option that asks for the training, which takes ten seconds or more."""
    parser.addoption("--training", action="store_true", help="also train the network on all training houses")


@pytest.fixture(scope="session")
def notebook():
    """The names that the notebook beside this file defines."""
    return grader.load_notebook()


@pytest.fixture(scope="session")
def outcomes(request):
    """How the public checks came out so far, by id."""
    return request.config.stash.setdefault(OUTCOMES, {})


def pytest_terminal_summary(terminalreporter, config):
    """Say what was earned, and which questions are still blank."""
    found = config.stash.get(OUTCOMES, {}).values()
    if not found:
        return
    blank = dict.fromkeys(outcome.row["question"] for outcome in found if outcome.state == grader.NOT_ATTEMPTED)
    terminalreporter.section("public checks")
    if blank:
        terminalreporter.write_line(f"Still blank: {', '.join(blank)}.")
    terminalreporter.write_line(grader.summary(found))
