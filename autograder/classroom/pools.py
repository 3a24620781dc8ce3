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
from concurrent.futures import Future, ProcessPoolExecutor
from contextlib import AbstractContextManager, contextmanager, suppress
from functools import partial
from pathlib import Path
from typing import Any

from autograder.classroom.dispatch import Pool
from autograder.classroom.grading_job import ClassError

CONNECT_SECONDS = 10.0
"""For the scheduler to answer, at the start or after it was lost."""
CLOSE_SECONDS = 10.0
"""For the scheduler to let go of us, at the end."""
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


def pool(jobs: int, scheduler: str | None) -> AbstractContextManager[Pool]:
    """This machine with ``jobs`` submissions at a time, or the Dask cluster at ``scheduler``.

    Entering raises ``UnreachableError`` where ``scheduler`` does not answer or has no workers.
    """
    return _local(jobs) if scheduler is None else _dask(scheduler)


# --- this machine -------------------------------------------------------------------------------------------------


@contextmanager
def _local(jobs: int) -> Iterator[Pool]:
    """Processes of this machine. What they leave in their folder for temporary files when killed is removed."""
    with tempfile.TemporaryDirectory(prefix="autograder-class-", ignore_cleanup_errors=True) as folder:
        Path(folder).chmod(0o711)  # each submission's own user works in a folder of its own below
        yield Pool(partial(_executor, jobs, folder), lambda: jobs)


def _executor(jobs: int, folder: str) -> ProcessPoolExecutor:
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
def _dask(address: str) -> Iterator[Pool]:
    for name in ("distributed", "distributed.client", "tornado.application", "asyncio"):  # lost is told once, by us
        logging.getLogger(name).setLevel(logging.CRITICAL)
    with _client(address) as client:
        size = _size_of(client, address)
        if not size():
            raise UnreachableError(f"the Dask scheduler at {address} has no workers")
        yield Pool(partial(client.get_executor, pure=False), size)


@contextmanager
def _client(address: str) -> Iterator[Any]:
    """Connect a client to the scheduler, and close it however this is left, also while it still connects.

    The garbage collector closes a client that was left open: at any moment, and for ever if its thread holds the lock
    that closing needs. ``distributed.Client`` leaves itself open, and its thread running, where its constructor raises;
    nobody can reach it then. So it is made in an event loop of ours, without waiting for the connection.

    Raises ``UnreachableError``.
    """
    connected: Future[Any] = Future()
    left: Future[None] = Future()

    def serve() -> None:
        try:
            asyncio.run(_serve(address, connected, left))
        except BaseException as error:
            if not connected.done():  # else closing failed, and all results are there already
                connected.set_exception(error)

    thread = threading.Thread(target=serve, name="dask client", daemon=True)
    try:
        thread.start()
        yield _connected(connected, address)
    finally:
        left.set_result(None)
        with suppress(RuntimeError):  # interrupted while it started; it ends by itself
            thread.join(2 * CLOSE_SECONDS)


async def _serve(address: str, connected: Future[Any], left: Future[None]) -> None:
    """Connect a client, tell it as ``connected``, and close it once it is ``left`` or fails."""
    import distributed

    leaving = asyncio.wrap_future(left)
    client: Any = distributed.Client(address, timeout=CONNECT_SECONDS, set_as_default=False, asynchronous=True)  # type: ignore[no-untyped-call]
    connecting = asyncio.ensure_future(client)
    try:  # the first wait also lets it begin: what has not begun cannot be closed
        patience = 2 * CONNECT_SECONDS  # Dask waits for ever for one that accepts a connection and says nothing
        if not (await asyncio.wait([connecting, leaving], timeout=patience, return_when=asyncio.FIRST_COMPLETED))[0]:
            raise TimeoutError(f"it said nothing for {patience:.0f} s")
        if not leaving.done():
            connected.set_result(await connecting)
            await leaving
    finally:
        connecting.cancel()
        await client.close(CLOSE_SECONDS)


def _connected(connected: Future[Any], address: str) -> Any:
    """Wait for the client. Raises ``UnreachableError``."""
    try:
        return connected.result()
    except (OSError, ValueError, asyncio.TimeoutError) as error:
        raise UnreachableError(f"no Dask scheduler answers at {address}: {error}") from None


def _size_of(client: Any, address: str) -> Callable[[], int]:
    """What tells how many threads a cluster has by now."""
    seen = time.monotonic()

    def size() -> int:
        nonlocal seen
        try:
            threads: int = sum(client.nthreads(callback_timeout=CONNECT_SECONDS).values())
        except (OSError, RuntimeError, ValueError, asyncio.TimeoutError, AttributeError):  # the last when it gave up
            raise ClusterLostError(f"the Dask scheduler at {address} was lost") from None
        if threads:
            seen = time.monotonic()
        elif time.monotonic() - seen > PATIENCE_SECONDS:
            raise ClusterLostError(f"the Dask cluster at {address} has had no workers for {PATIENCE_SECONDS:.0f} s")
        return threads

    return size
