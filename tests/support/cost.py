"""The option ``--cost``: the CPU time of each test file, its fixtures and all processes that it started and ended."""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Generator
from typing import Any

import pytest

LISTED = 40
"""Files in the table; the others are summed up in its last row."""

COLLECTING = "(importing and collecting, in all processes)"

_seconds: Counter[str] = Counter()
_tests: Counter[str] = Counter()
_so_far = _collecting = 0.0


def pytest_addoption(parser: pytest.Parser) -> None:
    """Part of the protocol of pytest."""
    parser.addoption("--cost", action="store_true", help="tell the CPU time of each test file")


def _used() -> float:
    """CPU seconds of this process and of all that it started and that ended."""
    return sum(os.times()[:4])


@pytest.hookimpl(tryfirst=True)
def pytest_runtestloop() -> None:
    """Begin to count when all tests are collected."""
    global _so_far, _collecting
    _collecting = _so_far = _used()


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport() -> Generator[None, pytest.TestReport, pytest.TestReport]:
    """Note in each report of a test (its set-up, its call, its end) the CPU time since the report before."""
    global _so_far, _collecting
    report = yield
    before, _so_far = _so_far, _used()
    report.cpu, report.collecting = _so_far - before, _collecting  # type: ignore[attr-defined]  # xdist passes them on
    _collecting = 0.0
    return report


def pytest_runtest_logreport(report: Any) -> None:
    """Add up what the reports say."""
    file = report.nodeid.partition("::")[0]
    _seconds[file] += report.cpu
    _seconds[COLLECTING] += report.collecting
    _tests[file] += report.when == "call"


def pytest_terminal_summary(terminalreporter: Any, config: pytest.Config) -> None:
    """Print the files, the dearest first."""
    if config.getoption("cost"):
        terminalreporter.section("CPU time by file")
        ranked = _seconds.most_common()
        rest = sum(seconds for _, seconds in ranked[LISTED:])
        for file, seconds in ranked[:LISTED]:
            terminalreporter.write_line(f"{seconds:8.1f} s  {_tests[file]:5} tests  {file}")
        terminalreporter.write_line(f"{rest:8.1f} s  in {len(ranked[LISTED:])} other files")
        terminalreporter.write_line(f"{_seconds.total():8.1f} s  in all")
