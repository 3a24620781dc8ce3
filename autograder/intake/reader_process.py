"""The driver's end of the process that reads submissions: to start it, ask it, and end it when it takes too long.

A file that takes too much time or memory is refused, and its student can mend that. Any other failure is a fault of the
grader.
"""

from __future__ import annotations

import json
import logging
import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import dataclass, fields
from pathlib import Path
from typing import Any, TypeVar

from autograder.intake.submission import Refused
from autograder.vocabulary import Manifest, Submission
from autograder.wire import memory_watchdog

_log = logging.getLogger(__name__)
READER = Path(__file__).with_name("reader.py")
MAX_ANSWER = 16 << 20
"""Maximum size of one answer, in bytes.

It holds a million characters of code, which take up to twelve bytes each in JSON, and the other fields.
"""
START_SECONDS = 60.0
"""Time limit for a new process to become ready, in seconds, for a machine that swaps; usually it takes 0.1 s."""
SETTLE_SECONDS = 5.0
"""Time limit for a killed process to disappear, in seconds, also on a machine that swaps."""
MAX_ERRORS = 10_000
"""Maximum output that is kept of a process that does not start, in bytes."""
TRIES = 2
"""Number of processes that are tried with a file if they end for an unknown reason.

One may have ended because the machine ran out of memory.
"""

_PAST_TIME = {-signal.SIGXCPU} if hasattr(signal, "SIGXCPU") else set()
"""Exit status of a process that exceeded its limit on processor time; Windows has none."""
_T = TypeVar("_T")


@dataclass(frozen=True)
class Limits:
    """Limits on the time and memory that one file may take.

    ``processor_seconds`` is twice the time of the slowest known file, one with 300,000 cells. ``seconds`` on the clock
    are three times as many, because a busy machine or half a core must not cost a student anything. ``memory`` is
    address space in bytes: the largest files, of 200 MB, take 310 MB with all of Python.
    """

    seconds: float = 60.0
    processor_seconds: int = 20
    memory: int = 512 << 20


LIMITS = Limits()


class ReaderFault(Exception):  # noqa: N818 - the word of the reports
    """Exception for a fault of the grader in reading. No submission causes it, and it never lowers a score."""


class Closed(BaseException):
    """Exception for a reader that was closed while a thread used it. The file has no result; nobody waits for it."""


@dataclass(frozen=True)
class Read:
    """Result of reading a file: a submission, or a text that tells the student why it is ``refused``.

    It holds neither if the caller knew the content already. ``digest`` is the SHA-256 of the content. It is empty if
    the file could not be opened or took too much, because another try may succeed then.
    """

    digest: str = ""
    submission: Submission | None = None
    refused: str = ""


class Reader:
    """Reader of submissions in a process of its own, which is started when it is needed and used for many files.

    One thread at a time may use it. Any thread may call ``close``, which leaves no process.
    """

    def __init__(self, manifest: Manifest, limits: Limits = LIMITS) -> None:
        self._manifest, self._limits = manifest, limits
        self._process: _Process | None = None
        self._lock, self._closed = threading.Lock(), False

    def __enter__(self) -> Reader:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def read(self, path: Path, is_known: Callable[[str], bool] = lambda digest: False) -> Read:
        """Read a file once, and parse it unless its digest ``is_known``.

        Raises ``FileNotFoundError`` or another ``OSError`` if the file cannot be read, and ``ReaderFault``.
        """

        def attempt(process: _Process, deadline: float) -> Read:
            answer = process.ask("open", path, deadline)
            if "refused" in answer:
                return Read(refused=_text(answer, "refused"))
            digest = _text(answer, "digest")
            if is_known(digest):
                return Read(digest)
            answer = process.ask("parse", path, deadline)
            if "refused" in answer:
                return Read(digest, refused=_text(answer, "refused"))
            return Read(digest, _submission(answer.get("submission")))

        try:
            return self._held(attempt)
        except _TooMuch:
            return Read(refused=self._refusal())

    def choose(self, folder: Path) -> Path:
        """Return the file to grade in a folder that a student submitted.

        Raises ``Refused`` if no file stands out, ``OSError`` if the folder cannot be read, and ``ReaderFault``.
        """
        try:
            answer = self._held(lambda process, deadline: process.ask("choose", folder, deadline))
        except _TooMuch:
            raise Refused(self._refusal()) from None
        if "refused" in answer:
            raise Refused(_text(answer, "refused"))
        return Path(_text(answer, "path"))

    def close(self) -> None:
        """End the process, even while another thread waits for its answer. No other process is started."""
        with self._lock:
            self._closed = True
        self._end()

    def _held(self, attempt: Callable[[_Process, float], _T]) -> _T:
        """Return the result of ``attempt``, run with a ready process and a deadline.

        If the process ends for an unknown reason, the attempt is made again, ``TRIES`` times in all.

        Raises ``_TooMuch`` if a limit was exceeded, or after the last try.
        """
        for _ in range(TRIES):
            process = self._start()
            try:
                process.wait_until_ready()
                return attempt(process, time.monotonic() + self._limits.seconds)
            except Exception as error:
                if self._closed:
                    raise Closed from None
                process.spent |= isinstance(error, ReaderFault)  # its next answers cannot be trusted either
                if not isinstance(error, _Ended):
                    raise
                _log.warning("a process that reads submissions ended: %s", error)
            finally:
                if process.spent:
                    self._end()
        raise _TooMuch

    def _refusal(self) -> str:
        return (
            f"The submission could not be read within {self._limits.processor_seconds} seconds and "
            f"{self._limits.memory >> 20} MB of memory. Clear all outputs, save, and submit again."
        )

    def _start(self) -> _Process:
        """Return the process, and start it if there is none.

        Raises ``ReaderFault`` if it cannot be started, and ``Closed``.
        """
        with self._lock:
            if self._closed:
                raise Closed
            if self._process is None:
                self._process = _Process(self._manifest, self._limits)
            return self._process

    def _end(self) -> None:
        with self._lock:
            process, self._process = self._process, None
        if process is not None:
            process.end()


class _TooMuch(Exception):  # noqa: N818 - it is a finding about the file, not an error of the grader
    """Exception for a file that took more time or memory than the limits allow."""


class _Ended(Exception):  # noqa: N818 - it is a finding, not an error of the grader
    """Exception for a process that ended before it answered. The file may or may not be the reason."""


class _Process:
    """Process that reads, from its start to its end. ``spent`` is true if no more requests may be sent to it."""

    def __init__(self, manifest: Manifest, limits: Limits) -> None:
        self.spent = False
        self._manifest, self._limits, self._expired, self._ready = manifest, limits, False, False
        self._ended = threading.Event()
        try:
            self._process = subprocess.Popen(
                # -S leaves out the installed packages: reading needs none, and Python starts in half of the time.
                [sys.executable, "-I", "-S", "-B", "-W", "ignore", str(READER)],
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=subprocess.PIPE,
                start_new_session=True,  # so that Ctrl-C reaches the driver only
            )
        except OSError as error:
            raise ReaderFault(f"the process that reads cannot be started: {error}") from error
        if sys.platform != "linux":  # on Linux the kernel limits the memory
            memory_watchdog.watch_memory(self._process.pid, limits.memory, self._ended)

    def wait_until_ready(self) -> None:
        """Send the manifest and the limits, and wait for the answer. Only the first call does anything.

        Raises ``ReaderFault`` if the process does not become ready.
        """
        if self._ready:
            return
        self.spent = True
        first = {
            "manifest": self._manifest.to_json(),
            "driver": os.getpid(),
            "memory": self._limits.memory,
            "processor_seconds": self._limits.processor_seconds,
        }
        if self._exchange(first, START_SECONDS) is None:
            raise ReaderFault(f"the process that reads does not start (status {self._wait()}): {self._errors()}")
        self._ready, self.spent = True, False

    def ask(self, what: str, path: Path, deadline: float) -> dict[str, Any]:
        """Return the answer to a request.

        Raises ``_TooMuch`` if a limit was exceeded, ``_Ended`` if the process ended, ``OSError`` if the file cannot be
        read, and ``ReaderFault``.
        """
        self.spent = True  # after an interruption, the late answer would be taken for that of the next request
        answer = self._exchange({"do": what, "path": os.fspath(path)}, deadline - time.monotonic())
        if answer is None:
            how = self._wait()
            raise _TooMuch if self._expired or how in _PAST_TIME else _Ended(f"status {how} at {what} {path}")
        self.spent = self._expired or bool(answer.get("leaves"))
        if "exceeded" in answer:
            raise _TooMuch
        if "error" in answer:
            raise OSError(*answer["error"])
        if "fault" in answer:
            raise ReaderFault(_text(answer, "fault"))
        return answer

    def _exchange(self, request: dict[str, Any], seconds: float) -> dict[str, Any] | None:
        """Send a request and return the answer, or None if the process ended.

        A process that does not answer within ``seconds`` is killed.

        Raises ``ReaderFault`` if the answer is too long or no object.
        """
        clock = threading.Timer(max(0.0, seconds), self._expire)
        clock.daemon = True
        clock.start()
        try:
            line = self._say(json.dumps(request).encode("ascii") + b"\n")
        finally:
            clock.cancel()
            clock.join()
        if len(line) > MAX_ANSWER:
            raise ReaderFault("the process that reads answers too much")
        answer = json.loads(line) if line.endswith(b"\n") else None
        if answer is not None and not isinstance(answer, dict):
            raise ReaderFault("the process that reads answers something else")
        return answer

    def _say(self, line: bytes) -> bytes:
        if self._process.stdin is None or self._process.stdout is None:
            return b""
        try:
            self._process.stdin.write(line)
            self._process.stdin.flush()
            return self._process.stdout.readline(MAX_ANSWER + 1)
        except (OSError, ValueError):  # the process ended, or ``close`` in another thread ended it
            return b""

    def _errors(self) -> str:
        """Return the error output of the process that ended."""
        with suppress(OSError, ValueError):
            if self._process.stderr is not None:
                return self._process.stderr.read(MAX_ERRORS).decode(errors="replace")
        return ""

    def _expire(self) -> None:
        self._expired = True
        self._process.kill()

    def _wait(self) -> int | None:
        """Wait for the process, which has closed its channel, and return its exit status; kill it if it does not end.

        The status is None if it had to be killed.
        """
        with suppress(subprocess.TimeoutExpired):
            return self._process.wait(SETTLE_SECONDS)
        self._process.kill()
        return None

    def end(self) -> None:
        """Kill the process and close its pipes."""
        self._ended.set()
        self._process.kill()
        with suppress(subprocess.TimeoutExpired):
            self._process.wait(SETTLE_SECONDS)
        for pipe in (self._process.stdin, self._process.stdout, self._process.stderr):
            if pipe is not None:
                with suppress(OSError):
                    pipe.close()


def _text(answer: Mapping[str, Any], name: str) -> str:
    """Return the text ``name`` in an answer.

    Raises ``ReaderFault`` if it is no text.
    """
    value = answer.get(name)
    if not isinstance(value, str):
        raise ReaderFault(f"the process that reads gives no text as {name}")
    return value


def _submission(values: Any) -> Submission:
    """Return the submission with these fields.

    Raises ``ReaderFault`` if one is missing or has the wrong type.
    """
    if not isinstance(values, dict) or values.keys() != {field.name for field in fields(Submission)}:
        raise ReaderFault("the process that reads gives no submission")
    try:
        return Submission(
            name=_of(str, values["name"]),
            cells=tuple(_of(str, cell) for cell in _of(list, values["cells"])),
            choices={name: _of(str, text) for name, text in _of(dict, values["choices"]).items()},
            evidence={name: _of((int, float, str), number) for name, number in _of(dict, values["evidence"]).items()},
            explanations={name: _of(str, text) for name, text in _of(dict, values["explanations"]).items()},
            notes=tuple(_of(str, note) for note in _of(list, values["notes"])),
            fingerprint=_of(str, values["fingerprint"]),
        )
    except TypeError as error:
        raise ReaderFault(f"the process that reads gives {error} in a submission") from None


def _of(wanted: type | tuple[type, ...], value: Any) -> Any:
    if not isinstance(value, wanted) or isinstance(value, bool):
        raise TypeError(f"a value of type {type(value).__name__}")
    return value
