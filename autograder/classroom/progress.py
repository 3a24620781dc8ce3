"""Progress of a class: a live bar on a terminal, or a plain line now and then in a log."""

from __future__ import annotations

import os
import shutil
import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any, TextIO

from tqdm import tqdm

SECONDS_BETWEEN_LINES = 10.0
"""Time between two lines in a log; a class of 300 leaves some dozens of lines."""


class Progress:
    """Display of progress on ``stream``; rate and remaining time are computed from the start of each count."""

    def __init__(self, stream: TextIO) -> None:
        self._stream = stream
        self._live = os.environ.get("TERM") != "dumb" and stream.isatty()
        self._bar: Any = None
        self._done = self._last = self._total = 0
        self._what = ""
        self._started = self._told = time.monotonic()

    @contextmanager
    def of(self, total: int, what: str) -> Iterator[None]:
        """Show progress over ``total`` submissions; call ``step`` for each that is done.

        ``what`` is the word for done, such as "graded".
        """
        self._done, self._last, self._total, self._what = 0, 0, total, what
        self._started = self._told = time.monotonic()
        if self._live:
            columns, lines = shutil.get_terminal_size()  # 80 x 24 if the terminal reports no size
            self._bar = tqdm(total=total, file=self._stream, desc=what, unit=" submissions", ncols=columns, nrows=lines)
        try:
            yield
        finally:
            if self._bar is not None:
                self._bar.close()
                self._bar = None
            elif self._done > self._last:
                self._line()

    def step(self) -> None:
        """Count one more submission as done."""
        self._done += 1
        if self._bar is not None:
            self._bar.update()
        elif time.monotonic() - self._told >= SECONDS_BETWEEN_LINES:
            self._line()

    def _line(self) -> None:
        self._told, self._last = time.monotonic(), self._done
        rate = self._done / max(self._told - self._started, 1e-9)
        left = (self._total - self._done) / rate
        line = f"{self._done} of {self._total} {self._what}, {60 * rate:.0f} a minute, {left:.0f} s left"
        self._stream.write(line + "\n")
        self._stream.flush()
