"""The process that reads what students hand in, under limits on its own memory and time.

Started by path as ``python -I -S -B reader.py``; JSON lines come on standard input, the limits first, and each gets one
JSON line as its answer on standard output. Nothing of a student's runs here. What a file makes of the parsers stays
here, though: a file that is too much for them ends this process, and not the grader.
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
from autograder.wire import kernel  # noqa: E402 - found only now

sys.path.remove(_ROOT)

if sys.platform != "win32":
    import resource

MAX_LEFT = 64 << 20
"""Bytes of address space that a file may leave behind; the usual notebook leaves under 10 MB. After one that leaves
more this process ends, so that the next student's file finds all the memory that it may need."""
MAX_TRACEBACK = 10_000
"""Characters of a traceback that are handed on: the calls where a fault of ours happened."""

Answer = dict[str, Any]


def main() -> None:
    """Answer the driver until it closes the channel."""
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
    """Answers requests, and holds a file between the one that opens it and the one that parses it."""

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
        """Tell if a file is open that may yet be parsed."""
        return self._file is not None

    def answer(self, request: dict[str, str]) -> Answer:
        """Do what is asked, and answer whatever comes of it."""
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
        """Forget the last file, and give the next one all of its time."""
        self._file = None
        _allow_processor_time(self._seconds)

    def _parse(self, path: str) -> Answer:
        if self._file is None:
            raise RuntimeError(f"{path} is not open")
        (name, data), self._file = self._file, None
        return {"submission": asdict(parse_submission(name, data, self._manifest))}


# --- limits -------------------------------------------------------------------------------------------------------


def _hold(first: dict[str, Any]) -> None:
    """Hold this process to its limits, for good; raises what the kernel answers to that."""
    if kernel.die_with_parent() and os.getppid() != first["driver"]:
        sys.exit("the driver ended")
    if sys.platform != "win32":
        for kind, limit in (
            (resource.RLIMIT_AS, first["memory"]),
            (resource.RLIMIT_CORE, 0),
            (resource.RLIMIT_FSIZE, 0),  # it writes no file; a pipe is none
        ):
            kernel.lower_limit(kind, limit)


def _allow_processor_time(seconds: int) -> None:
    """Allow so much from now on; what earlier files took does not count."""
    if sys.platform != "win32":
        hard = resource.getrlimit(resource.RLIMIT_CPU)[1]
        kernel.lower_limit(resource.RLIMIT_CPU, math.ceil(time.process_time()) + seconds, hard)


def _address_space() -> int:
    """Bytes of address space that this process has; 0 where the system does not tell, and does not limit it."""
    if sys.platform != "linux":
        return 0
    pages = int(Path("/proc/self/statm").read_bytes().split()[0])
    return pages * resource.getpagesize()


if __name__ == "__main__":
    main()
