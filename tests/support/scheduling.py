"""In what order the tests run and by which process; and a last line that says what was left out."""

from __future__ import annotations

import gc
from collections import Counter
from collections.abc import Generator

import pytest
from xdist.remote import Producer
from xdist.scheduler import LoadGroupScheduling
from xdist.workermanage import WorkerController

from autograder.classroom.pools import cores


def pytest_xdist_auto_num_workers(config: pytest.Config) -> int:
    """Half as many processes again as there are cores, for many tests wait for a limit of time to pass."""
    return (3 * cores() + 1) // 2


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Begin with the long tests, or one core would wait for them at the end; run the serial ones one after another."""
    for item in items:
        if item.get_closest_marker("serial"):
            item.add_marker(pytest.mark.xdist_group("serial"))
    items.sort(key=lambda item: item.get_closest_marker("long") is None)


@pytest.hookimpl(tryfirst=True)
def pytest_runtestloop() -> None:
    """Keep what was imported and collected out of all later garbage collections, which some tests ask for often."""
    _freeze()


@pytest.hookimpl(wrapper=True)
def pytest_runtest_teardown(item: pytest.Item, nextitem: pytest.Item | None) -> Generator[None]:
    """Keep what the tests of a file leave behind, such as their caches, out of the collections of the next file."""
    yield
    if nextitem is not None and nextitem.path != item.path:
        _freeze()


def _freeze() -> None:
    """Collect garbage, and let later collections pass over all that is left."""
    gc.collect()
    gc.freeze()


class Scheduling(LoadGroupScheduling):  # type: ignore[misc]  # xdist ships no types
    """The scheduling of ``--dist=loadgroup``, mended where a test ends its process: the rest runs, that test does not.

    As it is, xdist runs that test again and again, and hands the new process too little to begin with.
    """

    def remove_node(self, node: WorkerController) -> str | None:
        """Take what ``node`` has not done away from it; returns the test that ended it."""
        units = self.assigned_work[node]
        pending = [(unit, test) for unit in units.values() for test, is_done in unit.items() if not is_done]
        for unit, test in pending[:1]:
            unit[test] = True
        self.assigned_work[node] = {scope: unit for scope, unit in units.items() if not all(unit.values())}
        super().remove_node(node)
        return pending[0][1] if pending else None

    def schedule(self) -> None:
        """Give every process what it needs to begin: a test, and the next one, or the word that there is none."""
        super().schedule()
        for node in self.nodes:
            self._reschedule(node)


def pytest_xdist_make_scheduler(config: pytest.Config, log: Producer) -> Scheduling:
    """Part of the protocol of xdist."""
    return Scheduling(config, log)


_skipped: Counter[str] = Counter()


def pytest_runtest_logreport(report: pytest.TestReport) -> None:
    """Count what is skipped, by its reason."""
    if report.skipped and isinstance(report.longrepr, tuple):
        _skipped[report.longrepr[2].removeprefix("Skipped: ")] += 1


def pytest_unconfigure(config: pytest.Config) -> None:
    """Let the last line say what was not tested, which is easily overlooked above the number that passed."""
    if _skipped and not hasattr(config, "workerinput"):
        print("NOT TESTED:", "; ".join(f"{count} tests ({reason})" for reason, count in _skipped.items()))
