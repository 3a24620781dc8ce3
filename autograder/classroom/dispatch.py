"""Grading of many submissions on any ``concurrent.futures.Executor``; those of a dead process are graded again.

A job is a pure function of what intake made of a submission. So it can run in any process on any machine that has this
package, and it can be repeated.
"""

from __future__ import annotations

import signal
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import FIRST_COMPLETED, BrokenExecutor, CancelledError, Executor, Future, wait
from contextlib import contextmanager
from dataclasses import dataclass
from time import monotonic

from autograder.classroom import grading_job
from autograder.classroom.grading_job import ClassError, Job, Result
from autograder.classroom.result_store import grader_version

TOGETHER = 2
"""Number of failures after which a job runs alone: when a process dies, all jobs in flight beside it fail too."""
ATTEMPTS = TOGETHER + 3
"""Number of failures after which a job is given up: three of them happened alone, so no other job caused them."""
IN_FLIGHT = 2
"""Jobs handed out for each process: one runs and one waits, so that no process stands idle. All are in memory."""
POLL_SECONDS = 5.0
"""Seconds between two looks at the number of processes; a cluster may grow and shrink."""


class UnreachableError(ClassError):
    """Exception if there is no Dask cluster with workers at the address."""


class ClusterLostError(ClassError):
    """Exception if the Dask cluster was lost while it graded."""


@dataclass(frozen=True)
class Pool:
    """A place to grade: ``make`` makes an executor, and ``size`` tells how many jobs can run at the same time now.

    ``size`` raises ``ClassError`` when no process is left to grade on.
    """

    make: Callable[[], Executor]
    size: Callable[[], int]


@dataclass(frozen=True)
class Lost:
    """A submission that could not be graded in ``ATTEMPTS`` attempts; the next run tries it again."""

    key: str
    reason: str


def grade_all(jobs: Iterable[Job], pool: Pool) -> Iterator[tuple[str, Result] | Lost]:
    """Grade all jobs, and yield each result as soon as it is there.

    Only ``IN_FLIGHT`` jobs for each process are in memory. Jobs that a dead process had not finished are graded again.
    The executor ends with the generator, even if that is closed early or raises an exception.

    Raises ``ClassError`` where grading cannot go on.
    """
    yield from _Run(jobs, pool).results()


class _Run:
    """One run over all jobs. It keeps those not handed out yet, those in flight, and those to try again."""

    def __init__(self, jobs: Iterable[Job], pool: Pool) -> None:
        self._fresh = iter(jobs)
        self._again: list[Job] = []
        self._failures: Counter[str] = Counter()
        self._flying: dict[Future[Result], Job] = {}
        self._pool, self._size, self._looked = pool, pool.size(), monotonic()
        self._executor, self._broken = pool.make(), False

    def results(self) -> Iterator[tuple[str, Result] | Lost]:
        """Yield all results; see ``grade_all``."""
        try:
            while self._hand_out():
                finished, _ = wait(self._flying, POLL_SECONDS, FIRST_COMPLETED)
                outcomes = [self._outcome(finished.pop()) for _ in range(len(finished))]
                yield from filter(None, outcomes)
                if self._broken or monotonic() - self._looked > POLL_SECONDS:
                    self._size, self._looked = self._pool.size(), monotonic()
                if self._broken:
                    yield from self._renew()
        finally:
            end(self._executor)

    def _hand_out(self) -> bool:
        """Hand out as many jobs as fit; return True while any job is in flight or must be tried again."""
        while len(self._flying) < IN_FLIGHT * max(self._size, 1) and (job := self._next()):
            try:
                with _interrupts_held():
                    self._flying[self._executor.submit(grading_job.grade_job, job[1], grader_version())] = job
            except RuntimeError:  # the executor broke a moment ago, or the connection to the cluster is lost
                self._again.append(job)
                self._broken = True
                break
        return bool(self._flying or self._again)

    def _next(self) -> Job | None:
        """Return a job that may be handed out now; None if there is none, or if it must wait.

        A job that failed ``TOGETHER`` times runs alone: it waits until nothing is in flight, and others wait for it.
        """
        alone = [job for job in self._again if self._failures[job[0]] >= TOGETHER]
        if alone or any(self._failures[key] >= TOGETHER for key, _ in self._flying.values()):
            if self._flying:
                return None
            self._again.remove(alone[0])
            return alone[0]
        return self._again.pop() if self._again else next(self._fresh, None)

    def _outcome(self, future: Future[Result]) -> tuple[str, Result] | Lost | None:
        """Return the result of a finished job, or ``Lost``; None if it will be tried again.

        No reference to ``future`` is kept afterwards. As long as somebody holds one, Dask computes a result again that
        was lost with a worker.
        """
        job = self._flying.pop(future)
        error = _error(future)
        if error is None:
            return job[0], future.result()
        if isinstance(error, ClassError):
            raise error
        self._broken |= isinstance(error, (BrokenExecutor, CancelledError))
        self._failures[job[0]] += not isinstance(error, CancelledError)  # a job that was cancelled did not fail
        if self._failures[job[0]] < ATTEMPTS:
            self._again.append(job)
            return None
        return Lost(job[0], f"{type(error).__name__}: {error}")

    def _renew(self) -> Iterator[tuple[str, Result] | Lost]:
        """Replace an executor whose processes died, and yield the results that it had finished before."""
        end(self._executor)
        yield from filter(None, [self._outcome(future) for future in list(self._flying)])
        self._executor, self._broken = self._pool.make(), False


def _error(future: Future[Result]) -> BaseException | None:
    if future.cancelled() or not future.done():
        return CancelledError()
    return future.exception()


@contextmanager
def _interrupts_held() -> Iterator[None]:
    """Hold Ctrl-C back from this thread for a while; a process that it starts meanwhile inherits this."""
    if not hasattr(signal, "pthread_sigmask"):
        yield
        return
    before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)


def end(executor: Executor) -> None:
    """End an executor at once and kill the jobs that it still runs."""
    processes = getattr(executor, "_processes", None)  # before Python 3.14 there is no public way to kill them
    for process in [*(processes or {}).values()]:
        process.kill()
    if processes is None:
        executor.shutdown(wait=False)  # a cluster's executor: jobs that still wait there are cancelled
    else:
        executor.shutdown(wait=True, cancel_futures=True)
