"""Gradings are handed out on any executor, nothing is lost, and nothing is graded where it must not be."""

from __future__ import annotations

import os
import threading
import time
from collections.abc import Iterator
from concurrent.futures import Executor, ProcessPoolExecutor, ThreadPoolExecutor
from contextlib import suppress
from pathlib import Path
from typing import Any

import psutil
import pytest
from assigned import parse_submission
from class_folders import KILLER, TOGETHER, affinity_of_one_of, blank, job_that_may_kill
from forks import GONE
from specimens import write

from autograder.classroom import dispatch, grading_job, pools
from autograder.classroom.dispatch import Lost, Pool, grade_all
from autograder.classroom.grading_job import Job
from autograder.classroom.result_store import key_of
from autograder.vocabulary import Isolation, Step, Submission
from autograder.wire import confinement


def jobs(number: int) -> list[Job]:
    return [(f"job {k}", Submission(f"job {k}", ("",), fingerprint=f"job {k}")) for k in range(number)]


def job_that_fails_twice(submission: Submission, version: str) -> dict[str, Any]:
    """Raises in the first two tries."""
    _tries[submission.name] = _tries.get(submission.name, 0) + 1
    if _tries[submission.name] <= 2:
        raise OSError("no disk")
    return {"of": submission.name}


_tries: dict[str, int] = {}


def threads(count: int = 2) -> Pool:
    return Pool(lambda: ThreadPoolExecutor(count), lambda: count)


def users() -> set[int]:
    """The users that submissions now have which processes below this one grade."""
    graders = [os.getpid(), *(child.pid for child in psutil.Process().children(recursive=True))]
    own = {
        confinement.FIRST_UID + pid % (1 << 22) * confinement.SLOTS + slot
        for pid in graders
        for slot in range(confinement.SLOTS)
    }
    found = set()
    for process in psutil.process_iter():
        with suppress(psutil.Error):
            found.add(int(process.uids().real))
    return found & own


def test_any_executor_will_do_and_a_failure_is_tried_again(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(grading_job, "grade_job", job_that_fails_twice)
    _tries.clear()
    results = dict(result for result in grade_all(jobs(5), threads()) if not isinstance(result, Lost))
    assert {result["of"] for result in results.values()} == set(results) == {f"job {k}" for k in range(5)}


def test_what_fails_every_time_is_lost_and_says_why(monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(submission: Submission, version: str) -> dict[str, Any]:
        raise OSError("no disk")

    monkeypatch.setattr(grading_job, "grade_job", fail)
    assert list(grade_all(jobs(1), threads())) == [Lost("job 0", "OSError: no disk")]


def test_no_more_jobs_are_read_than_wait_or_run(monkeypatch: pytest.MonkeyPatch) -> None:
    read: list[str] = []

    def one_by_one() -> Iterator[Job]:
        for job in jobs(50):
            read.append(job[0])
            yield job

    monkeypatch.setattr(grading_job, "grade_job", lambda submission, version: {})
    for done, _ in enumerate(grade_all(one_by_one(), threads(2)), start=1):
        assert len(read) - done <= 2 * dispatch.IN_FLIGHT
    assert len(read) == done == 50


def test_a_submission_that_ends_its_worker_costs_no_other_its_result(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(grading_job, "grade_job", job_that_may_kill)
    killer = ("killer", Submission(KILLER, (), fingerprint="killer"))
    with pools.pool(2, None) as where:
        results = list(grade_all([*jobs(4), killer, *jobs(12)[4:]], where))
    graded = [result[0] for result in results if not isinstance(result, Lost)]
    assert sorted(graded) == sorted(key for key, _ in jobs(12))
    assert [result.key for result in results if isinstance(result, Lost)] == ["killer"]


def test_killed_workers_lose_nothing_and_nothing_comes_twice(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(grading_job, "grade_job", job_that_may_kill)
    seen: list[str] = []
    with pools.pool(2, None) as where:
        for result in grade_all(jobs(30), where):
            assert not isinstance(result, Lost)
            seen.append(result[0])
            if len(seen) in (5, 15):
                psutil.Process(result[1]["process"]).kill()
    assert sorted(seen) == sorted(key for key, _ in jobs(30))


@pytest.mark.skipif(not hasattr(os, "sched_setaffinity"), reason="this system binds no process to a core")
@pytest.mark.parametrize("more", [0, 1], ids=["a core each", "more than cores"])
def test_a_process_of_the_pool_stays_on_its_core_where_each_has_one(more: int, tmp_path: Path) -> None:
    everywhere = os.sched_getaffinity(0)
    with pools.pool(pools.cores() + more, None) as where, where.make() as pool:
        futures = [pool.submit(affinity_of_one_of, len(everywhere), str(tmp_path)) for _ in everywhere]
        found = [future.result(2 * TOGETHER) for future in futures]
    wanted = [{core} for core in sorted(everywhere)] if not more else [everywhere] * len(everywhere)
    assert sorted(found, key=min) == wanted


def test_leaving_early_ends_the_workers_and_removes_what_they_left(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(grading_job, "grade_job", job_that_may_kill)
    made: list[ProcessPoolExecutor] = []

    with pools.pool(2, None) as where:

        def make() -> Executor:
            executor = where.make()
            assert isinstance(executor, ProcessPoolExecutor)
            made.append(executor)
            return executor

        results = grade_all(jobs(30), Pool(make, where.size))
        next(results)
        pids = list(made[0]._processes)
        folder = Path(made[0]._initargs[0])
        results.close()  # type: ignore[attr-defined]
        assert pids and not any(map(psutil.pid_exists, pids))
        assert folder.is_dir()
    assert not folder.exists()


def test_a_machine_that_does_not_keep_submissions_apart_refuses(monkeypatch: pytest.MonkeyPatch) -> None:
    weak = Isolation((Step.RLIMITS, Step.LANDLOCK), (Step.OWN_UID, Step.SECCOMP))
    monkeypatch.setattr(grading_job, "isolation_here", lambda: weak)
    grading_job._require.cache_clear()
    with pytest.raises(grading_job.SeparationError, match="missing: own uid, seccomp"):
        list(grade_all(jobs(3), threads()))


@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() != 0, reason="only root can give each its own user")
def test_two_submissions_at_once_have_different_users(tmp_path: Path) -> None:
    submissions = []
    for number in range(2):
        notebook = blank(number)
        notebook["cells"][-1]["source"] += "\nimport time\ndef wait(x=time.sleep(1.5)): pass"
        submissions.append(parse_submission("a.ipynb", write(notebook, tmp_path / "a.ipynb").read_bytes()))
    results: list[object] = []

    def grade() -> None:
        with pools.pool(2, None) as where:
            results.extend(grade_all(((key_of(one), one) for one in submissions), where))

    driver = threading.Thread(target=grade, daemon=True)
    driver.start()
    at_once: set[int] = set()
    deadline = time.monotonic() + 2 * TOGETHER
    while driver.is_alive() and time.monotonic() < deadline:
        at_once = max(at_once, users(), key=len)
        time.sleep(0.02)
    driver.join(GONE)
    assert len(results) == len(at_once) == 2
    assert not users()
