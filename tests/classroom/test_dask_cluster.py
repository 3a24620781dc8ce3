"""A class on a Dask cluster: a real scheduler and worker processes on loopback, which come and go."""

from __future__ import annotations

import asyncio
import gc
import json
import signal
import socket
import threading
import time
from collections import Counter
from collections.abc import Callable, Iterator
from concurrent.futures import Future
from contextlib import contextmanager
from pathlib import Path
from random import Random
from typing import Any

import pytest
from class_command import CHEAP, KILLS, REAL, counts, finish, rows, until
from class_folders import blank, make_cheap_class
from distributed import Client
from distributed.utils import LoopRunner
from forks import GONE, Fork, Forks
from specimens import write

from autograder.classroom import dask_cluster, pools
from autograder.classroom.dispatch import ClusterLostError, UnreachableError
from autograder.classroom.result_store import Store

pytestmark = pytest.mark.xdist_group("dask")  # it takes a second to import

MOMENT = 0.25
"""Seconds: Dask gathers its messages for some milliseconds."""
BOUND = 30
"""Seconds for what waits for half a second."""
WEAK = """
from autograder.classroom import grading_job
from autograder.vocabulary import Isolation, Step
grading_job.isolation_here = lambda: Isolation((Step.RLIMITS,), (Step.OWN_UID, Step.LANDLOCK, Step.SECCOMP))
"""


class Cluster:
    """A scheduler, and workers to start and to kill."""

    def __init__(self, forks: Forks, folder: Path) -> None:
        self.forks, file = forks, folder / "scheduler.json"
        self._processes: list[Fork] = []
        self.workers: list[Fork] = []
        self.scheduler = self._start("scheduler", "--port", "0", "--scheduler-file", str(file))
        try:
            until(lambda: file.is_file() and file.read_text().endswith("}"))
        except BaseException:
            self.close()
            raise
        self.address: str = json.loads(file.read_text())["address"]

    def _start(self, what: str, *arguments: str) -> Fork:
        """Start ``dask scheduler`` or ``dask worker``."""
        more = ("--host", "127.0.0.1", "--no-dashboard")
        self._processes.append(self.forks.start(f"distributed.cli.dask_{what}", *arguments, *more))
        return self._processes[-1]

    def add_worker(self, *more: str) -> None:
        """Start a process that grades one submission at a time; nobody starts it again when it dies."""
        self.workers.append(self._start("worker", self.address, "--nthreads", "1", "--no-nanny", *more))

    def is_ready(self) -> bool:
        """Whether all workers are there."""
        try:
            with pools.pool(1, self.address) as where:
                return where.size() >= len(self.workers)
        except UnreachableError:
            return False

    def kill_worker(self, number: int) -> None:
        """Kill a worker."""
        worker = self.workers.pop(number)
        worker.kill()
        worker.communicate(GONE)

    def close(self) -> None:
        """End everything."""
        for process in reversed(self._processes):
            process.kill()
            process.communicate(GONE)


@pytest.fixture(scope="module")
def forks() -> Iterator[Forks]:
    """What starts Dask and the command ``class`` without their imports."""
    dask = ("distributed.cli.dask_scheduler", "distributed.cli.dask_worker")
    classroom = [f"autograder.classroom.{name}" for name in ("dask_cluster", "pools", "run")]
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("DASK_LOGGING__DISTRIBUTED", "error")
        made = Forks(*dask, "class_folders", "autograder.__main__", *classroom)
    with made:
        yield made


@pytest.fixture
def cluster(forks: Forks, tmp_path: Path) -> Iterator[Cluster]:
    made = Cluster(forks, tmp_path)
    try:
        yield made
    finally:
        made.close()


@contextmanager
def start(source: Path, out: Path, cluster: Cluster, program: tuple[str, ...] = CHEAP) -> Iterator[Fork]:
    """A class on the cluster, with cheap gradings unless another program is named."""
    until(cluster.is_ready, pause=0.1)
    driver = cluster.forks.start(*program, str(source), "--out", str(out), "--scheduler", cluster.address)
    try:
        yield driver
    finally:
        driver.kill()
        driver.communicate(GONE)


def lines(journal: Path) -> list[str]:
    return journal.read_text().splitlines()


@pytest.mark.long
def test_workers_that_are_killed_at_random_points_lose_and_repeat_nothing(
    tmp_path: Path, journal: Path, cluster: Cluster, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("CLASS_SECONDS", "0.05")
    random, out, students = Random(20), tmp_path / "out", 8 * KILLS
    make_cheap_class(tmp_path / "class", students)
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
    assert counts(printed) == (students, students, 0, 0)
    assert len(rows(out)) == students
    gradings = Counter(lines(journal))
    repeated = sum(gradings.values()) - students
    assert len(gradings) == students and repeated <= 3 * KILLS  # what a killed worker had in its hands


def _settled(out: Path) -> set[str]:
    """The fingerprints of results that were stored before the last moment, in which Dask still lets go of them."""
    files = list((out / "results").glob("[!.]*-*")) if out.is_dir() else []
    return {path.name[:32] for path in files if time.time() - path.stat().st_mtime > MOMENT}


def _wait_for_lines(journal: Path, wanted: int, driver: Fork) -> None:
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
    monkeypatch.setenv("CLASS_CONNECT_SECONDS", "2")
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
    with start(source, tmp_path / "out", cluster, REAL) as driver:
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
    with start(source, tmp_path / "out", cluster, REAL) as driver:
        printed = finish(driver, 2)
    assert "submissions would not be kept apart on" in printed
    assert "missing: own uid, landlock, seccomp" in printed


def test_no_workers_are_wrong_usage(cluster: Cluster) -> None:
    with pytest.raises(UnreachableError, match="has no workers"), pools.pool(1, cluster.address):
        pass


# --- connections that fail ----------------------------------------------------------------------------------------


@pytest.fixture(autouse=True)
def nothing_is_left() -> Iterator[None]:
    """Every test closes what it opens: a client that is left open is closed by the garbage collector, or hangs it."""
    before = set(threading.enumerate())
    yield
    assert not open_clients()
    assert not LoopRunner._all_loops
    assert set(threading.enumerate()) <= before


def open_clients() -> list[object]:
    """Clients of Dask in memory that were not closed, also those that nobody can reach any more."""
    return [one for one in gc.get_objects() if issubclass(type(one), Client) and one.status != "closed"]


def test_a_client_that_is_left_open_is_found() -> None:
    async def leave() -> None:
        client: Any = Client("tcp://127.0.0.1:1", asynchronous=True, set_as_default=False)  # type: ignore[no-untyped-call]
        await asyncio.sleep(0)  # one that has not begun cannot be closed
        assert open_clients() == [client]
        await client.close()

    asyncio.run(leave())


@pytest.fixture
def silent() -> Iterator[str]:
    """The address of what accepts a connection and never says anything."""
    with socket.create_server(("127.0.0.1", 0)) as server:
        yield f"tcp://127.0.0.1:{server.getsockname()[1]}"


@pytest.fixture
def nobody() -> str:
    """An address where nobody listens."""
    with socket.create_server(("127.0.0.1", 0)) as server:
        return f"tcp://127.0.0.1:{server.getsockname()[1]}"


@contextmanager
def handler(number: signal.Signals, handle: Callable[..., object]) -> Iterator[None]:
    """Have ``handle`` called for a signal."""
    before = signal.signal(number, handle)
    try:
        yield
    finally:
        signal.signal(number, before)


@pytest.fixture
def bounded() -> Iterator[None]:
    """Fail a test that waits for ever, without the others."""

    def fail(*_: object) -> None:
        raise AssertionError(f"it still waits after {BOUND} s")

    with handler(signal.SIGALRM, fail):
        signal.alarm(BOUND)
        try:
            yield
        finally:
            signal.alarm(0)


@pytest.mark.usefixtures("bounded")
@pytest.mark.parametrize("where", ["nobody", "silent", "no address", "post://127.0.0.1:1", ""])
def test_a_scheduler_that_does_not_answer_is_wrong_usage_and_no_client_is_left(
    where: str, request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(dask_cluster, "CONNECT_SECONDS", 0.5)
    address = request.getfixturevalue(where) if where in ("nobody", "silent") else where
    gc.disable()  # which would close it, or hang
    try:
        with pytest.raises(UnreachableError, match="no Dask scheduler answers"), pools.pool(1, address):
            pass
        assert not open_clients()
    finally:
        gc.enable()


@pytest.mark.usefixtures("bounded")
def test_ctrl_c_while_it_connects_leaves_no_client(silent: str) -> None:
    started, main = time.monotonic(), threading.main_thread().ident
    assert main is not None
    press = threading.Timer(0.3, signal.pthread_kill, (main, signal.SIGINT))
    with handler(signal.SIGINT, signal.default_int_handler):
        try:
            with pytest.raises(KeyboardInterrupt):
                press.start()
                with pools.pool(1, silent):
                    pass
        finally:
            press.cancel()
            press.join()
    assert not open_clients()
    assert time.monotonic() - started < dask_cluster.CONNECT_SECONDS  # it does not wait for the scheduler


@pytest.mark.usefixtures("bounded")
def test_ctrl_c_before_it_connects_leaves_no_client(silent: str) -> None:
    left: Future[None] = Future()
    left.set_result(None)
    asyncio.run(dask_cluster._serve(silent, Future(), left))
    assert not open_clients()


def test_a_scheduler_that_stays_lost_is_named(cluster: Cluster, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(dask_cluster, "CONNECT_SECONDS", 0.5)
    cluster.add_worker()
    until(cluster.is_ready, pause=0.1)
    with pools.pool(1, cluster.address) as where:
        cluster.scheduler.kill()
        until(lambda: not open_clients(), seconds=BOUND, pause=0.1)  # Dask has given up
        with pytest.raises(ClusterLostError, match="was lost"):
            where.size()


def test_a_cluster_that_stays_without_workers_is_given_up(
    tmp_path: Path, cluster: Cluster, monkeypatch: pytest.MonkeyPatch
) -> None:
    cluster.add_worker()
    until(cluster.is_ready, pause=0.1)
    with pools.pool(1, cluster.address) as where:
        assert where.size() == 1
        cluster.kill_worker(0)
        until(lambda: where.size() == 0)
        monkeypatch.setattr(dask_cluster, "PATIENCE_SECONDS", 0.0)
        with pytest.raises(ClusterLostError, match="no workers"):
            where.size()
