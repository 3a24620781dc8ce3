"""A class on a Dask cluster: a real scheduler and worker processes on loopback, which come and go."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from random import Random

import pytest
from classes import blank, make_cheap_class
from specimens import ROOT, write
from test_class_course import CLASSES, KILLS, SECONDS, counts, rows, until

from autograder.classroom import workers
from autograder.classroom.store import Store

DASK = Path(sys.executable).with_name("dask")
MOMENT = 0.25
"""Seconds: Dask gathers its messages for some milliseconds."""
WEAK = """
from autograder.classroom import engine
from autograder.records import Isolation
engine.isolation_here = lambda: Isolation(("rlimits",), ("own uid", "landlock", "seccomp"))
"""


class Cluster:
    """A scheduler, and workers to start and to kill."""

    def __init__(self, folder: Path) -> None:
        self._file = folder / "scheduler.json"
        self._processes: list[subprocess.Popen[bytes]] = []
        self.workers: list[subprocess.Popen[bytes]] = []
        self.scheduler = self._start("scheduler", "--port", "0", "--scheduler-file", str(self._file))
        try:
            until(lambda: self._file.is_file() and self._file.read_text().endswith("}"))
        except BaseException:
            self.close()
            raise
        self.address: str = json.loads(self._file.read_text())["address"]

    def _start(self, *arguments: str) -> subprocess.Popen[bytes]:
        command = [str(DASK), *arguments, "--host", "127.0.0.1", "--no-dashboard"]
        environment = {**os.environ, "PYTHONPATH": f"{ROOT}:{ROOT / 'tests'}", "DASK_LOGGING__DISTRIBUTED": "error"}
        process = subprocess.Popen(command, cwd=self._file.parent, env=environment, stderr=subprocess.DEVNULL)
        self._processes.append(process)
        return process

    def add_worker(self, *more: str) -> None:
        """Start a process that grades one submission at a time; nobody starts it again when it dies."""
        self.workers.append(self._start("worker", self.address, "--nthreads", "1", "--no-nanny", *more))

    def is_ready(self) -> bool:
        """Whether all workers are there."""
        try:
            with workers.workers(1, self.address) as where:
                return where.size() >= len(self.workers)
        except workers.UnreachableError:
            return False

    def kill_worker(self, number: int) -> None:
        """Kill a worker."""
        worker = self.workers.pop(number)
        worker.kill()
        worker.wait()

    def close(self) -> None:
        """End everything."""
        for process in reversed(self._processes):
            process.kill()
            process.wait()


@pytest.fixture
def cluster(tmp_path: Path) -> Iterator[Cluster]:
    made = Cluster(tmp_path)
    try:
        yield made
    finally:
        made.close()


@contextmanager
def start(source: Path, out: Path, cluster: Cluster, *program: str) -> Iterator[subprocess.Popen[str]]:
    """A class on the cluster, with cheap gradings unless another program is named."""
    until(cluster.is_ready)
    arguments = [str(source), "--out", str(out), "--scheduler", cluster.address]
    driver = subprocess.Popen(
        [sys.executable, *(program or (str(CLASSES),)), *arguments],
        cwd=ROOT,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    )
    try:
        yield driver
    finally:
        driver.kill()
        driver.communicate()


def finish(driver: subprocess.Popen[str], status: int = 0) -> str:
    printed = driver.communicate(timeout=SECONDS)[0]
    assert driver.returncode == status, printed
    return printed


@pytest.fixture
def journal(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    path = tmp_path / "journal"
    path.touch()
    monkeypatch.setenv("CLASS_JOURNAL", str(path))
    return path


def lines(journal: Path) -> list[str]:
    return journal.read_text().splitlines()


def test_workers_that_are_killed_at_random_points_lose_and_repeat_nothing(
    tmp_path: Path, journal: Path, cluster: Cluster, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("CLASS_SECONDS", "0.05")
    make_cheap_class(tmp_path / "class", 150)
    random, out = Random(20), tmp_path / "out"
    cluster.add_worker()
    cluster.add_worker()
    with start(tmp_path / "class", out, cluster) as driver:
        for _ in range(KILLS):
            stored, before = _settled(out), len(lines(journal))
            _wait_for_lines(journal, before + random.randrange(1, 8), driver)
            time.sleep(random.uniform(0, 0.1))
            cluster.kill_worker(random.randrange(2))
            cluster.add_worker()
            assert not {line[:32] for line in lines(journal)[before:]} & stored
        printed = finish(driver)
    assert counts(printed) == (150, 150, 0, 0)
    assert len(rows(out)) == 150
    gradings = Counter(lines(journal))
    assert len(gradings) == 150 and sum(gradings.values()) <= 150 + 3 * KILLS  # what a killed worker had in its hands


def _settled(out: Path) -> set[str]:
    """The fingerprints of results that were stored before the last moment, in which Dask still lets go of them."""
    files = list((out / "results").glob("*-*")) if out.is_dir() else []
    return {path.name[:32] for path in files if time.time() - path.stat().st_mtime > MOMENT}


def _wait_for_lines(journal: Path, wanted: int, driver: subprocess.Popen[str]) -> None:
    until(lambda: len(lines(journal)) >= wanted, driver)


def test_a_driver_that_is_killed_leaves_the_cluster_free_and_its_results_kept(
    tmp_path: Path, journal: Path, cluster: Cluster, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("CLASS_SECONDS", "0.1")
    make_cheap_class(tmp_path / "class", 30)
    cluster.add_worker()
    cluster.add_worker()
    with start(tmp_path / "class", tmp_path / "out", cluster) as driver:
        until(lambda: len(lines(journal)) >= 12, driver)
    stored = len(list(Store(tmp_path / "out" / "results")))
    with start(tmp_path / "class", tmp_path / "out", cluster) as driver:
        assert counts(finish(driver)) == (30, 30 - stored, stored, 0)
    assert len(lines(journal)) <= 30 + 2 * 2 * 2  # what was in flight when the first driver died


def test_a_scheduler_that_dies_is_named_and_what_is_done_is_kept(
    tmp_path: Path, journal: Path, cluster: Cluster, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("CLASS_SECONDS", "0.1")
    make_cheap_class(tmp_path / "class", 100)
    cluster.add_worker()
    with start(tmp_path / "class", tmp_path / "out", cluster) as driver:
        until(lambda: len(lines(journal)) >= 10, driver)
        cluster.scheduler.kill()
        printed = finish(driver, 1)
    assert f"the Dask scheduler at {cluster.address} was lost" in printed
    assert "What was graded is kept: the same command goes on from there." in printed
    assert "Traceback" not in printed
    assert 5 <= len(list(Store(tmp_path / "out" / "results"))) < 100


def test_a_class_is_really_graded_on_two_workers(tmp_path: Path, cluster: Cluster) -> None:
    source = tmp_path / "class"
    source.mkdir()
    for number in range(6):
        write(blank(number, "evidence"), source / f"s{number}.ipynb")
    cluster.add_worker()
    cluster.add_worker("--nthreads", "2")
    with start(source, tmp_path / "out", cluster, "-m", "autograder", "class") as driver:
        assert counts(finish(driver)) == (6, 6, 0, 0)
    assert {row["Total Score"] for row in rows(tmp_path / "out").values()} == {"8"}


def test_one_worker_that_does_not_keep_submissions_apart_is_enough_to_refuse(tmp_path: Path, cluster: Cluster) -> None:
    source = tmp_path / "class"
    source.mkdir()
    for number in range(4):
        write(blank(number), source / f"s{number}.ipynb")
    (tmp_path / "weak.py").write_text(WEAK)
    cluster.add_worker()
    cluster.add_worker("--preload", str(tmp_path / "weak.py"))
    with start(source, tmp_path / "out", cluster, "-m", "autograder", "class") as driver:
        printed = finish(driver, 2)
    assert "submissions would not be kept apart on" in printed
    assert "missing: own uid, landlock, seccomp" in printed


def test_no_scheduler_and_no_workers_are_wrong_usage(
    tmp_path: Path, cluster: Cluster, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(workers, "CONNECT_SECONDS", 1.0)
    with pytest.raises(workers.UnreachableError, match="has no workers"), workers.workers(1, cluster.address):
        pass
    cluster.close()
    for address in (cluster.address, "no address"):
        with pytest.raises(workers.UnreachableError, match="no Dask scheduler answers"), workers.workers(1, address):
            pass


def test_a_cluster_that_stays_without_workers_is_given_up(
    tmp_path: Path, cluster: Cluster, monkeypatch: pytest.MonkeyPatch
) -> None:
    cluster.add_worker()
    until(cluster.is_ready)
    with workers.workers(1, cluster.address) as where:
        assert where.size() == 1
        cluster.kill_worker(0)
        until(lambda: where.size() == 0)
        monkeypatch.setattr(workers, "PATIENCE_SECONDS", 0.0)
        with pytest.raises(workers.ClusterLostError, match="no workers"):
            where.size()
