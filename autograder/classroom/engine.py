"""Grades many submissions on any ``concurrent.futures.Executor``, and loses none when a worker or the driver dies.

A job is a pure function of what intake made of a submission, so it can run in any process on any machine that has this
package, and as often as it takes.
"""

from __future__ import annotations

import multiprocessing
import signal
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import FIRST_COMPLETED, Executor, Future, ProcessPoolExecutor, wait
from dataclasses import dataclass, replace
from queue import SimpleQueue
from typing import Any

from autograder import confine, grading, provided
from autograder.records import Isolation, Submission
from autograder.sandbox import Sandbox

ATTEMPTS = 3
"""For one submission: a worker that dies three times over it does so because of it, and that is a fault of ours."""
IN_FLIGHT = 3
"""Jobs for each worker that wait or run: enough that none waits for the driver, few enough to be held in memory."""
CONCURRENT = confine.SLOTS
"""Gradings in one process at the same time, as in a Dask worker with several threads."""

Result = dict[str, Any]
Jobs = Iterable[tuple[str, Submission]]
MakeExecutor = Callable[[], Executor]

_slots: SimpleQueue[int] = SimpleQueue()
for _slot in range(CONCURRENT):
    _slots.put(_slot)


@dataclass(frozen=True)
class Lost:
    """A submission that no worker survived; it has no result, and is tried again in the next run."""

    key: str
    reason: str


def grade_job(submission: Submission) -> Result:
    """Grade in this process; the result holds nothing that tells one student from another with the same answers."""
    slot = _slots.get()
    try:
        return grading.grade_submission(replace(submission, name="", explanations={}, notes=()), slot=slot).to_json()
    finally:
        _slots.put(slot)


def isolation_here() -> Isolation:
    """The confinement that a submission gets in this process."""
    slot = _slots.get()
    try:
        with Sandbox((), provided.definitions(), slot=slot) as box:
            return box.isolation
    finally:
        _slots.put(slot)


def is_enough(isolation: Isolation) -> bool:
    """Whether submissions are kept from each other and from the results: by uids, or by Landlock with seccomp."""
    return "own uid" in isolation.applied or {"landlock", "seccomp"} <= set(isolation.applied)


def local(jobs: int) -> ProcessPoolExecutor:
    """Processes of this machine, that end when the driver does, however it ends."""
    return ProcessPoolExecutor(jobs, multiprocessing.get_context("spawn"), initializer=_begin)


def _begin() -> None:
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is the driver's: it ends its workers in order
    confine.die_with_parent()


def grade_all(jobs: Jobs, make_executor: MakeExecutor, workers: int) -> Iterator[tuple[str, Result] | Lost]:
    """Grade all jobs, and yield each result as soon as it is there; at most a few for each worker are in memory.

    An executor whose workers died is made anew, and what they had not finished is graded again. Closing the generator
    ends the workers; so does whatever is raised while it waits.
    """
    waiting = iter(jobs)
    again: list[tuple[str, Submission]] = []
    failures: dict[str, int] = {}
    running: dict[Future[Result], tuple[str, Submission]] = {}
    executor = make_executor()
    try:
        while True:
            while len(running) < IN_FLIGHT * workers and (job := again.pop() if again else next(waiting, None)):
                try:
                    running[executor.submit(grade_job, job[1])] = job
                except RuntimeError:  # broken a moment ago: what it ran is seen below, and this job is still ours
                    again.append(job)
                    break
            if not running and not again:
                return
            finished, _ = wait(running, return_when=FIRST_COMPLETED)
            broken = not finished
            for future in finished:
                key, submission = running.pop(future)
                error = future.exception()
                if error is None:
                    yield key, future.result()
                    continue
                broken = True
                failures[key] = failures.get(key, 0) + 1
                if failures[key] < ATTEMPTS:
                    again.append((key, submission))
                else:
                    yield Lost(key, f"{type(error).__name__}: {error}")
            if broken:
                again += running.values()
                running.clear()
                end(executor)
                executor = make_executor()
    finally:
        end(executor)


def end(executor: Executor) -> None:
    """End an executor at once, with the jobs that it still runs: their results are not waited for."""
    processes = getattr(executor, "_processes", None)
    for process in [*(processes or {}).values()]:
        process.kill()
    if processes is None:
        executor.shutdown(wait=False)  # a cluster's: what still waits there is cancelled
    else:
        executor.shutdown(wait=True, cancel_futures=True)
