"""The process that reads submissions, under limits on its own memory and time.

It is started by path, as ``python -I -S -B reader.py``. JSON lines come on standard input, the limits first, and each
gets one JSON line as its answer on standard output. No student code runs here. But a file that is too much for the
parsers ends this process, and not the grader.
"""

from __future__ import annotations

import hashlib
import json
import math
import os
import sys
import time
import traceback
from collections.abc import Callable
from dataclasses import asdict
from pathlib import Path
from typing import Any

_ROOT = str(Path(__file__).resolve().parents[2])
sys.path.insert(0, _ROOT)
from autograder.intake.submission import Refused, find_submission, parse_submission, read_file  # noqa: E402
from autograder.vocabulary import Manifest  # noqa: E402
from autograder.wire import kernel  # noqa: E402 - the path is known only now

sys.path.remove(_ROOT)

if sys.platform != "win32":
    import resource

MAX_LEFT = 64 << 20
"""Maximum address space that a file may leave behind, in bytes; the usual notebook leaves under 10 MB.

After a file that leaves more this process ends, so that the next student's file finds all the memory that it may need.
"""
MAX_TRACEBACK = 10_000
"""Number of characters at the end of a traceback that are sent to the driver."""

Answer = dict[str, Any]
"""Answer to a request, as it is sent in JSON."""


def main() -> None:
    """Answer the driver's requests until it closes the channel, or until a file leaves too much memory behind."""
    requests, answers = sys.stdin.buffer, sys.stdout.buffer
    first = json.loads(requests.readline())
    _hold(first)
    reader = _Reader(Manifest.from_json(first["manifest"]), first["processor_seconds"])
    started = _address_space()

    def send(answer: Answer) -> None:
        answers.write(json.dumps(answer).encode("ascii") + b"\n")
        answers.flush()

    send({"ready": True})
    for line in requests:
        answer = reader.answer(json.loads(line))
        leaves = not reader.holds_file and _address_space() - started > MAX_LEFT
        send({**answer, "leaves": leaves})
        if leaves:
            return


class _Reader:
    """Reader of files. It keeps a file in memory from the request that opens it to the one that parses it."""

    def __init__(self, manifest: Manifest, processor_seconds: int) -> None:
        self._manifest, self._seconds = manifest, processor_seconds
        self._file: tuple[str, bytes] | None = None
        self._requests: dict[str, Callable[[str], Answer]] = {
            "choose": self._choose,
            "open": self._open,
            "parse": self._parse,
        }

    @property
    def holds_file(self) -> bool:
        """True if a file is open that may still be parsed."""
        return self._file is not None

    def answer(self, request: dict[str, str]) -> Answer:
        """Do what the request asks, and return the result or the error as an answer."""
        try:
            return self._requests[request["do"]](request["path"])
        except Refused as refusal:
            return {"refused": str(refusal)}
        except OSError as error:
            return {"error": [error.errno, error.strerror, os.fspath(request["path"])]}
        except MemoryError:
            return {"exceeded": True}
        except Exception:
            return {"fault": traceback.format_exc()[-MAX_TRACEBACK:]}

    def _choose(self, path: str) -> Answer:
        self._begin()
        return {"path": os.fspath(find_submission(Path(path), self._manifest))}

    def _open(self, path: str) -> Answer:
        self._begin()
        data = read_file(Path(path))
        self._file = Path(path).name, data
        return {"digest": hashlib.sha256(data).hexdigest()}

    def _begin(self) -> None:
        """Forget the last file, and restart the processor time for the next one."""
        self._file = None
        _allow_processor_time(self._seconds)

    def _parse(self, path: str) -> Answer:
        if self._file is None:
            raise RuntimeError(f"{path} is not open")
        (name, data), self._file = self._file, None
        return {"submission": asdict(parse_submission(name, data, self._manifest))}


# --- limits -------------------------------------------------------------------------------------------------------


def _hold(first: dict[str, Any]) -> None:
    """Set the limits of this process for good, and let it end with the driver.

    Raises ``OSError`` or ``ValueError`` if the kernel refuses a limit.
    """
    if kernel.die_with_parent() and os.getppid() != first["driver"]:
        sys.exit("the driver ended")
    if sys.platform != "win32":
        for kind, limit in (
            (resource.RLIMIT_AS, first["memory"]),
            (resource.RLIMIT_CORE, 0),
            (resource.RLIMIT_FSIZE, 0),  # this process writes no file; a pipe is no file
        ):
            kernel.lower_limit(kind, limit)


def _allow_processor_time(seconds: int) -> None:
    """Allow so many ``seconds`` of processor time from now on. The time of earlier files does not count."""
    if sys.platform != "win32":
        hard = resource.getrlimit(resource.RLIMIT_CPU)[1]
        kernel.lower_limit(resource.RLIMIT_CPU, math.ceil(time.process_time()) + seconds, hard)


def _address_space() -> int:
    """Return the address space of this process in bytes, or 0 on systems other than Linux, which do not limit it."""
    if sys.platform != "linux":
        return 0
    pages = int(Path("/proc/self/statm").read_bytes().split()[0])
    return pages * resource.getpagesize()


if __name__ == "__main__":
    main()
