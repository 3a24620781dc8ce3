"""Where a class is graded: on the cores of this machine, or on an existing Dask cluster."""

from __future__ import annotations

import asyncio
import logging
import multiprocessing
import os
import shutil
import signal
import tempfile
import threading
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ProcessPoolExecutor
from contextlib import AbstractContextManager, contextmanager
from functools import partial
from pathlib import Path
from typing import Any

from autograder.classroom.engine import ClassError, Workers

CONNECT_SECONDS = 10.0
"""For the scheduler to answer, at the start or after it was lost."""
PATIENCE_SECONDS = 60.0
"""For a cluster that has lost all its workers to get new ones."""


class UnreachableError(ClassError):
    """There is no Dask cluster with workers at the address."""


class ClusterLostError(ClassError):
    """The Dask cluster went away while it graded."""


def cores() -> int:
    """How many cores this process may use."""
    return len(core_numbers()) or os.cpu_count() or 1


def core_numbers() -> list[int]:
    """The cores that this process may use, by the kernel's numbers; none where the system does not tell."""
    return sorted(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else []


def workers(jobs: int, scheduler: str | None) -> AbstractContextManager[Workers]:
    """This machine with ``jobs`` submissions at a time, or the Dask cluster at ``scheduler``.

    Entering raises ``UnreachableError`` where ``scheduler`` does not answer or has no workers.
    """
    return _local(jobs) if scheduler is None else _dask(scheduler)


# --- this machine -------------------------------------------------------------------------------------------------


@contextmanager
def _local(jobs: int) -> Iterator[Workers]:
    """Processes of this machine. What they leave in their folder for temporary files when killed is removed."""
    with tempfile.TemporaryDirectory(prefix="autograder-class-", ignore_cleanup_errors=True) as folder:
        Path(folder).chmod(0o711)  # each submission's own user works in a folder of its own below
        yield Workers(partial(_pool, jobs, folder), lambda: jobs)


def _pool(jobs: int, folder: str) -> ProcessPoolExecutor:
    context = multiprocessing.get_context("spawn")
    places = context.SimpleQueue()
    for core in core_numbers() if jobs == cores() else []:
        places.put(core)
    return ProcessPoolExecutor(jobs, context, initializer=_begin, initargs=(folder, places))


def _begin(folder: str, places: Any) -> None:
    """Prepare a process of the pool: Ctrl-C is the driver's, who ends its workers in order.

    Where each process has a core to itself it stays there, with its sandbox: half of grading is the making and ending
    of processes, which the kernel does faster where it did the last one.
    """
    if not places.empty():
        os.sched_setaffinity(0, [places.get()])
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    if hasattr(signal, "pthread_sigmask"):
        signal.pthread_sigmask(signal.SIG_UNBLOCK, {signal.SIGINT})
    tempfile.tempdir = folder
    threading.Thread(target=_end_with_driver, args=[folder], daemon=True).start()


def _end_with_driver(folder: str) -> None:
    """End this process when the driver ends, however that does; its sandbox ends with it, and leaves nothing."""
    driver = multiprocessing.parent_process()
    if driver is not None:
        driver.join()
        shutil.rmtree(folder, ignore_errors=True)
        os._exit(1)


# --- a cluster ----------------------------------------------------------------------------------------------------


@contextmanager
def _dask(address: str) -> Iterator[Workers]:
    import distributed

    for name in ("distributed", "distributed.client", "tornado.application", "asyncio"):  # lost is told once, by us
        logging.getLogger(name).setLevel(logging.CRITICAL)
    try:
        client: Any = distributed.Client(address, timeout=CONNECT_SECONDS, set_as_default=False)  # type: ignore[no-untyped-call]
    except (OSError, ValueError) as error:
        raise UnreachableError(f"no Dask scheduler answers at {address}: {error}") from None
    with client:
        if not sum(client.nthreads().values()):
            raise UnreachableError(f"the Dask scheduler at {address} has no workers")
        yield Workers(partial(client.get_executor, pure=False), _size_of(client, address))


def _size_of(client: Any, address: str) -> Callable[[], int]:
    """What tells how many threads a cluster has by now."""
    seen = time.monotonic()

    def size() -> int:
        nonlocal seen
        try:
            threads: int = sum(client.nthreads(callback_timeout=CONNECT_SECONDS).values())
        except (OSError, RuntimeError, ValueError, asyncio.TimeoutError):
            raise ClusterLostError(f"the Dask scheduler at {address} was lost") from None
        if threads:
            seen = time.monotonic()
        elif time.monotonic() - seen > PATIENCE_SECONDS:
            raise ClusterLostError(f"the Dask cluster at {address} has had no workers for {PATIENCE_SECONDS:.0f} s")
        return threads

    return size
