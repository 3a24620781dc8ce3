"""Where a class is graded: on the cores of this machine, or on an existing Dask cluster."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from typing import Any

from autograder.classroom import engine

CONNECT_SECONDS = 10.0
"""For the scheduler to answer."""


class NoClusterError(RuntimeError):
    """There is no Dask cluster with workers at the address."""


@contextmanager
def workers(jobs: int, scheduler: str | None) -> Iterator[tuple[engine.MakeExecutor, int]]:
    """What makes an executor, and how many submissions it grades at a time.

    Raises ``NoClusterError`` where ``scheduler`` does not answer or has no workers.
    """
    if scheduler is None:
        yield partial(engine.local, jobs), jobs
        return
    import distributed

    try:
        client: Any = distributed.Client(scheduler, timeout=CONNECT_SECONDS, set_as_default=False)  # type: ignore[no-untyped-call]
    except (OSError, ValueError) as error:
        raise NoClusterError(f"no Dask scheduler answers at {scheduler}: {error}") from None
    with client:
        threads = sum(client.nthreads().values())
        if not threads:
            raise NoClusterError(f"the Dask scheduler at {scheduler} has no workers")
        yield partial(client.get_executor, pure=False, retries=engine.ATTEMPTS), threads
