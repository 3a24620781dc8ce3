"""Readers of the submissions of a class: as many processes as there are jobs, which read in parallel."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from queue import SimpleQueue
from typing import TypeVar

from autograder.assignment import ASSIGNMENT
from autograder.intake.reader_process import LIMITS, Limits, Reader

IN_FLIGHT = 8
"""Number of submissions for each process that are read ahead of the one that is yielded next; all are in memory."""

_Item = TypeVar("_Item")
_Result = TypeVar("_Result")


class Readers:
    """Several readers, each used by one thread at a time.

    A reader starts when it is first used. Leaving the context ends all readers, even in the middle of a submission.
    """

    def __init__(self, count: int, limits: Limits = LIMITS) -> None:
        self._all = [Reader(ASSIGNMENT.manifest, limits) for _ in range(count)]
        self._idle: SimpleQueue[Reader] = SimpleQueue()
        for reader in self._all:
            self._idle.put(reader)
        # The kernel ends a reader's process when the thread that started it ends. So these threads must live as long.
        self._threads = ThreadPoolExecutor(count, "reader")

    def __enter__(self) -> Readers:
        return self

    def __exit__(self, *_: object) -> None:
        for reader in self._all:
            reader.close()
        self._threads.shutdown(cancel_futures=True)

    def map(self, use: Callable[[Reader, _Item], _Result], items: Iterable[_Item]) -> Iterator[_Result]:
        """Call ``use`` with a free reader for each item; yield the results in the order of the items."""
        waiting: deque[Future[_Result]] = deque()
        for item in items:
            waiting.append(self._threads.submit(self._with_a_reader, use, item))
            if len(waiting) >= IN_FLIGHT * len(self._all):
                yield waiting.popleft().result()
        while waiting:
            yield waiting.popleft().result()

    def _with_a_reader(self, use: Callable[[Reader, _Item], _Result], item: _Item) -> _Result:
        reader = self._idle.get()
        try:
            return use(reader, item)
        finally:
            self._idle.put(reader)
