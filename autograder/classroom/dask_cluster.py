"""A place to grade a class that is not this machine: an existing Dask cluster."""

from __future__ import annotations

import asyncio
import logging
import threading
import time
from collections.abc import Callable, Iterator
from concurrent.futures import Future
from contextlib import contextmanager, suppress
from functools import partial
from typing import Any

from autograder.classroom.dispatch import ClusterLostError, Pool, UnreachableError

CONNECT_SECONDS = 10.0
"""Maximum time for the scheduler to answer, at the start or after the connection was lost."""
CLOSE_SECONDS = 10.0
"""Maximum time for closing the connection to the scheduler at the end."""
PATIENCE_SECONDS = 60.0
"""Maximum time that a cluster may have no workers before grading ends."""


@contextmanager
def cluster(address: str) -> Iterator[Pool]:
    """Yield the Dask cluster at ``address`` as a pool.

    Raises ``UnreachableError`` if the scheduler does not answer or has no workers.
    """
    # We report a lost cluster ourselves, once.
    for name in ("distributed", "distributed.client", "tornado.application", "asyncio"):
        logging.getLogger(name).setLevel(logging.CRITICAL)
    with _client(address) as client:
        size = _size_of(client, address)
        if not size():
            raise UnreachableError(f"the Dask scheduler at {address} has no workers")
        yield Pool(partial(client.get_executor, pure=False), size)


@contextmanager
def _client(address: str) -> Iterator[Any]:
    """Connect a client to the scheduler, and close it in any case, even if it is still connecting.

    A client must not be left open: the garbage collector would close it at any moment, and could wait for ever if its
    own thread holds the lock that closing needs. If the constructor of ``distributed.Client`` raises an exception, the
    client is open, its thread runs, and nobody can reach it. So it is made asynchronously in an event loop of ours,
    where the constructor does not wait for the connection.

    Raises ``UnreachableError`` if no scheduler answers.
    """
    connected: Future[Any] = Future()
    left: Future[None] = Future()

    def serve() -> None:
        try:
            asyncio.run(_serve(address, connected, left))
        except BaseException as error:
            if not connected.done():  # otherwise closing failed, which does no harm: all results are there
                connected.set_exception(error)

    thread = threading.Thread(target=serve, name="dask client", daemon=True)
    try:
        thread.start()
        yield _connected(connected, address)
    finally:
        left.set_result(None)
        with suppress(RuntimeError):  # Ctrl-C came while the thread was starting; it ends by itself
            thread.join(2 * CLOSE_SECONDS)


async def _serve(address: str, connected: Future[Any], left: Future[None]) -> None:
    """Connect a client and put it into ``connected``; close it when ``left`` is set or connecting fails."""
    import distributed

    leaving = asyncio.wrap_future(left)
    client: Any = distributed.Client(address, timeout=CONNECT_SECONDS, set_as_default=False, asynchronous=True)  # type: ignore[no-untyped-call]
    connecting = asyncio.ensure_future(client)
    try:  # wait at least once: a client that has not begun to connect cannot be closed
        patience = 2 * CONNECT_SECONDS  # Dask itself would wait for ever for a server that accepts and says nothing
        if not (await asyncio.wait([connecting, leaving], timeout=patience, return_when=asyncio.FIRST_COMPLETED))[0]:
            raise TimeoutError(f"it said nothing for {patience:.0f} s")
        if not leaving.done():
            connected.set_result(await connecting)
            await leaving
    finally:
        connecting.cancel()
        await client.close(CLOSE_SECONDS)


def _connected(connected: Future[Any], address: str) -> Any:
    """Wait for the client.

    Raises ``UnreachableError`` if it could not connect.
    """
    try:
        return connected.result()
    except (OSError, ValueError, asyncio.TimeoutError) as error:
        raise UnreachableError(f"no Dask scheduler answers at {address}: {error}") from None


def _size_of(client: Any, address: str) -> Callable[[], int]:
    """Return a function that asks the cluster how many threads it has now.

    That function raises ``ClusterLostError`` if the scheduler does not answer, or if there were no workers for long.
    """
    seen = time.monotonic()

    def size() -> int:
        nonlocal seen
        try:
            threads: int = sum(client.nthreads(callback_timeout=CONNECT_SECONDS).values())
        except (OSError, RuntimeError, ValueError, asyncio.TimeoutError, AttributeError):  # the last if Dask gave up
            raise ClusterLostError(f"the Dask scheduler at {address} was lost") from None
        if threads:
            seen = time.monotonic()
        elif time.monotonic() - seen > PATIENCE_SECONDS:
            raise ClusterLostError(f"the Dask cluster at {address} has had no workers for {PATIENCE_SECONDS:.0f} s")
        return threads

    return size
