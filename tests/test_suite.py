"""The suite itself: it ends whatever a test does, it says what it left out, and makes once what is dear."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest
from specimens import ROOT

SUPPORT = ROOT / "tests" / "support"

HANGS = """
import threading

def test_that_hangs_in_a_lock():
    lock = threading.Lock()
    lock.acquire()
    while True:
        try:
            lock.acquire()
        except BaseException:
            pass

def test_beside_it():
    assert True

def test_after_it():
    assert True
"""
COUNTS = """
import pytest
from made_once import made_once

@pytest.mark.parametrize("k", range(8))
def test_one(k, tmp_path_factory):
    def make(folder):
        with open({log!r}, "a") as log:
            log.write("made\\n")
        if len(open({log!r}).readlines()) == 1:
            raise RuntimeError("the first time fails")
    assert made_once(tmp_path_factory, "it", make).is_dir()
"""
SERIAL = """
import os, pytest

@pytest.mark.serial
@pytest.mark.parametrize("k", range(12))
def test_one(k):
    with open({log!r}, "a") as log:
        log.write(f"{{os.getpid()}} ")

@pytest.mark.parametrize("k", range(12))
def test_other(k):
    pass
"""


def suite(folder: Path, tests: str, name: str = "these") -> Path:
    """Put a file of ``tests`` into a suite that is set up as this one is."""
    (folder / f"test_{name}.py").write_text(tests)
    (folder / "conftest.py").write_text('pytest_plugins = ["scheduling"]')
    return folder


def run_pytest(*arguments: str | Path, path: str = os.environ["PATH"]) -> list[str]:
    """What pytest prints with the settings of this suite, by lines."""
    command = [sys.executable, "-m", "pytest", "-c", ROOT / "pyproject.toml", "-p", "no:cacheprovider", *arguments]
    environment = {**os.environ, "PATH": path, "PYTHONPATH": str(SUPPORT)}
    for name in [name for name in environment if name.startswith("PYTEST_")]:
        del environment[name]  # those of the process that this test runs in
    done = subprocess.run(
        command, cwd=ROOT, env=environment, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, timeout=100
    )
    return done.stdout.strip().split("\n")


def test_a_test_that_hangs_ends_with_all_stacks_and_the_others_run(tmp_path: Path) -> None:
    lines = run_pytest(suite(tmp_path, HANGS), "-n1", "-o", "faulthandler_timeout=1")
    assert "Timeout (0:00:01)!" in lines
    assert any(line.endswith("in test_that_hangs_in_a_lock") for line in lines)
    assert "1 failed, 2 passed" in lines[-1]


@pytest.mark.skipif(sys.platform == "win32", reason="the folder of Chromium is left out of PATH as POSIX writes it")
def test_the_last_line_says_that_chromium_is_missing(tmp_path: Path) -> None:
    lines = run_pytest("-n0", ROOT / "tests" / "classroom" / "test_pages.py", path=str(tmp_path))
    assert lines[-1].startswith("NOT TESTED: 51 tests (")
    assert "hromium" in lines[-1]


@pytest.fixture(scope="module")
def by_two_processes(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Both suites that leave a log, run at once by two processes; the folder of the logs."""
    folder = tmp_path_factory.mktemp("logs")
    for name, tests in (("counts", COUNTS), ("serial", SERIAL)):
        suite(folder, tests.format(log=str(folder / name)), name)
    assert "1 failed, 31 passed" in run_pytest(folder, "-n2", "-p", "no:warnings")[-1]
    return folder


@pytest.mark.xdist_group("two processes")
def test_what_is_dear_is_made_once_by_all_processes_and_again_where_it_failed(by_two_processes: Path) -> None:
    assert (by_two_processes / "counts").read_text() == "made\nmade\n"


@pytest.mark.xdist_group("two processes")
def test_serial_tests_run_in_one_process(by_two_processes: Path) -> None:
    processes = (by_two_processes / "serial").read_text().split()
    assert (len(processes), len(set(processes))) == (12, 1)
