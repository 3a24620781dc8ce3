"""The places to grade a class: the cores of this machine, or an existing Dask cluster."""

from __future__ import annotations

import multiprocessing
import os
import shutil
import signal
import tempfile
import threading
from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor
from contextlib import AbstractContextManager, contextmanager
from functools import partial
from pathlib import Path
from typing import Any

from autograder.classroom.dispatch import Pool


def cores() -> int:
    """Return the number of cores that this process may use."""
    return len(core_numbers()) or os.cpu_count() or 1


def core_numbers() -> list[int]:
    """Return the kernel's numbers of the cores that this process may use; empty if the system does not tell."""
    return sorted(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else []


def pool(jobs: int, scheduler: str | None) -> AbstractContextManager[Pool]:
    """Return a context for grading: on this machine with ``jobs`` processes, or on the Dask cluster at ``scheduler``.

    Raises ``UnreachableError`` on entering, if the scheduler does not answer or has no workers.
    """
    if scheduler is None:
        return _local(jobs)
    from autograder.classroom.dask_cluster import cluster  # each process of a local pool would import asyncio with it

    return cluster(scheduler)


@contextmanager
def _local(jobs: int) -> Iterator[Pool]:
    """Yield a pool of processes of this machine; their folder for temporary files is removed at the end."""
    with tempfile.TemporaryDirectory(prefix="autograder-class-", ignore_cleanup_errors=True) as folder:
        Path(folder).chmod(0o711)  # each submission runs as a user of its own, in a folder below this one
        yield Pool(partial(_executor, jobs, folder), lambda: jobs)


def _executor(jobs: int, folder: str) -> ProcessPoolExecutor:
    context = multiprocessing.get_context("spawn")
    places = context.SimpleQueue()
    for core in core_numbers() if jobs == cores() else []:
        places.put(core)
    return ProcessPoolExecutor(jobs, context, initializer=_begin, initargs=(folder, places))


def _begin(folder: str, places: Any) -> None:
    """Prepare a process of the pool: it ignores Ctrl-C, as the driver ends its processes itself.

    If there are as many processes as cores, each stays on a core of its own, with its sandbox. This saves time: half of
    grading is starting and ending processes, which is faster on the core that did it last.
    """
    if not places.empty():
        os.sched_setaffinity(0, [places.get()])
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    if hasattr(signal, "pthread_sigmask"):
        signal.pthread_sigmask(signal.SIG_UNBLOCK, {signal.SIGINT})
    tempfile.tempdir = folder
    threading.Thread(target=_end_with_driver, args=[folder], daemon=True).start()


def _end_with_driver(folder: str) -> None:
    """Wait until the driver ends, even if it was killed; then remove temporary files and end this process."""
    driver = multiprocessing.parent_process()
    if driver is not None:
        driver.join()
        shutil.rmtree(folder, ignore_errors=True)
        os._exit(1)
