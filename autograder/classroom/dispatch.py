"""Grades many submissions on any ``concurrent.futures.Executor``, and loses none when its processes die.

A job is a pure function of what intake made of a submission, so it can run in any process on any machine that has this
package, and as often as it takes.
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
"""Failures of a job before it runs alone: where a worker dies, everything that was in flight beside it failed too."""
ATTEMPTS = TOGETHER + 3
"""Failures before a job is given up: three of them alone are its own, not a neighbour's."""
IN_FLIGHT = 2
"""Jobs for each worker: one runs and one waits, so that no worker waits for the driver; all are held in memory."""
POLL_SECONDS = 5.0
"""Between two looks at how many processes there are; a cluster may grow and shrink."""


@dataclass(frozen=True)
class Pool:
    """Where to grade: ``make`` makes an executor, ``size`` tells how many jobs it runs at a time by now.

    ``size`` raises ``ClassError`` once nothing is left to grade on.
    """

    make: Callable[[], Executor]
    size: Callable[[], int]


@dataclass(frozen=True)
class Lost:
    """A submission that no worker survived; it has no result, and is tried again in the next run."""

    key: str
    reason: str


def grade_all(jobs: Iterable[Job], pool: Pool) -> Iterator[tuple[str, Result] | Lost]:
    """Grade all jobs, and yield each result as soon as it is there; at most a few for each worker are in memory.

    What a dead process had not finished is graded again. Closing the generator ends the pool; so does whatever is
    raised while it waits. Raises ``ClassError`` where grading cannot go on.
    """
    yield from _Run(jobs, pool).results()


class _Run:
    """One pass over the jobs: those not handed out yet, those in flight, and those that failed."""

    def __init__(self, jobs: Iterable[Job], pool: Pool) -> None:
        self._fresh = iter(jobs)
        self._again: list[Job] = []
        self._failures: Counter[str] = Counter()
        self._flying: dict[Future[Result], Job] = {}
        self._pool, self._size, self._looked = pool, pool.size(), monotonic()
        self._executor, self._broken = pool.make(), False

    def results(self) -> Iterator[tuple[str, Result] | Lost]:
        """All results; see ``grade_all``."""
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
        """Fill the room that there is; whether anything is in flight."""
        while len(self._flying) < IN_FLIGHT * max(self._size, 1) and (job := self._next()):
            try:
                with _interrupts_held():
                    self._flying[self._executor.submit(grading_job.grade_job, job[1], grader_version())] = job
            except RuntimeError:  # broken a moment ago, or the cluster's connection is lost
                self._again.append(job)
                self._broken = True
                break
        return bool(self._flying or self._again)

    def _next(self) -> Job | None:
        """A job that may be handed out now; one that failed too often beside others runs alone, and before all else."""
        alone = [job for job in self._again if self._failures[job[0]] >= TOGETHER]
        if alone or any(self._failures[key] >= TOGETHER for key, _ in self._flying.values()):
            if self._flying:
                return None
            self._again.remove(alone[0])
            return alone[0]
        return self._again.pop() if self._again else next(self._fresh, None)

    def _outcome(self, future: Future[Result]) -> tuple[str, Result] | Lost | None:
        """What came of a job; None if it is tried again.

        Nothing holds on to ``future`` afterwards: a cluster grades again what its dead worker had and somebody holds.
        """
        job = self._flying.pop(future)
        error = _error(future)
        if error is None:
            return job[0], future.result()
        if isinstance(error, ClassError):
            raise error
        self._broken |= isinstance(error, (BrokenExecutor, CancelledError))
        self._failures[job[0]] += not isinstance(error, CancelledError)  # that is the cluster's doing
        if self._failures[job[0]] < ATTEMPTS:
            self._again.append(job)
            return None
        return Lost(job[0], f"{type(error).__name__}: {error}")

    def _renew(self) -> Iterator[tuple[str, Result] | Lost]:
        """Replace an executor whose processes died; what it had finished before counts."""
        end(self._executor)
        yield from filter(None, [self._outcome(future) for future in list(self._flying)])
        self._executor, self._broken = self._pool.make(), False


def _error(future: Future[Result]) -> BaseException | None:
    if future.cancelled() or not future.done():
        return CancelledError()
    return future.exception()


@contextmanager
def _interrupts_held() -> Iterator[None]:
    """Hold Ctrl-C back, for this thread and any process that it starts meanwhile, which keeps it so."""
    if not hasattr(signal, "pthread_sigmask"):
        yield
        return
    before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)


def end(executor: Executor) -> None:
    """End an executor at once, with the jobs that it still runs: their results are not waited for."""
    processes = getattr(executor, "_processes", None)  # no public way before Python 3.14
    for process in [*(processes or {}).values()]:
        process.kill()
    if processes is None:
        executor.shutdown(wait=False)  # a cluster's: what still waits there is cancelled
    else:
        executor.shutdown(wait=True, cancel_futures=True)
