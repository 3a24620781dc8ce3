"""The untrusted side: locks itself in, then answers each request in a forked process of its own.

Started by path as ``python -I -B worker.py``; requests come as JSON lines on standard input, frames go out on standard
output (both moved to private descriptors at once). The first line is the configuration, the second the submission, each
further line a request. This process never runs or parses the student's text: only its children do, so no state crosses
from one probe to the next, and no child holds a descriptor on which it could answer for another. What crosses is the
compiled text, from a child that had not run any of it yet.
"""

from __future__ import annotations

import gc
import math
import os
import select
import signal
import sys
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import suppress
from json import loads
from pathlib import Path
from typing import Any, BinaryIO

_ROOT = str(Path(__file__).resolve().parent.parent)
sys.path.insert(0, _ROOT)
from autograder import confine, modules, plain, probes, protocol, reading, standins, syscalls  # noqa: E402 - found only now
from autograder.grafting import Engine, Provided  # noqa: E402
from autograder.loading import Loader, describe  # noqa: E402
from autograder.records import Isolation, LoadMode  # noqa: E402

sys.path.remove(_ROOT)

MAX_READ = 4 << 20
"""Bytes that the worker keeps of what reading a submission gave; of one that is larger every child reads the text."""
_STARTED = b"+"
"""A child's first byte: it is confined, and what follows is the student's."""
_REAP_SECONDS = 0.5
"""For a child to be gone after it closed its pipe."""

_FIRST_PAUSE, _LONGEST_PAUSE = 20e-6, 1e-3
"""Seconds between two looks whether it is: most children are within the first."""

_exit = os._exit
Write = Callable[[bytes], None]


def main() -> None:
    """Serve the driver until it closes the channel."""
    requests, replies = _take_channel()
    first = loads(requests.readline())
    provided = Provided(compile(first["provided"], "<provided>", "exec", dont_inherit=True))
    try:
        isolation = _confine(first)
        _warm_up(provided, first["provided"])
    except Exception as error:  # whatever went wrong: without its walls this process must not go on
        _reply(replies, first, protocol.FAULT, repr(error).encode("ascii", "replace")[:1000])
        return
    ready = plain.encoded({"applied": list(isolation.applied), "missing": list(isolation.missing)})
    _reply(replies, first, protocol.READY, ready.encode("ascii"))
    cells, forks = loads(requests.readline())["cells"], first["confinement"]["fork"]
    _settle(provided, forks=forks)
    child = Child(provided, cells, "seccomp" in isolation.applied)
    serve = _fork_and_relay if forks else _answer_here
    for line in requests:
        serve(child, loads(line), requests.fileno(), replies)


def _take_channel() -> tuple[BinaryIO, int]:
    """Move the channel away from the standard descriptors, where student code reads and prints."""
    requests, replies = os.fdopen(os.dup(0), "rb"), os.dup(1)
    nothing = os.open(os.devnull, os.O_RDONLY)
    os.dup2(nothing, 0)
    os.close(nothing)
    os.dup2(2, 1)
    return requests, replies


def _confine(first: dict[str, Any]) -> Isolation:
    modules.import_beforehand(first["modules"])
    wanted = confine.Confinement(**first["confinement"])
    isolation = confine.confine(wanted, first["uid"], first["parent"])
    if "seccomp" in isolation.applied:
        syscalls.process_filter()  # made once, for all children
    standins.install()
    return isolation


def _warm_up(provided: Provided, text: str) -> None:
    """Load the provided definitions as if they were a submission: what this leaves in caches every child finds there.

    A fault in them is the author's, and raised here.
    """
    loader = Loader(provided, "grafted", frozenset(), _say_nothing)
    loader.run(reading.restored(reading.dumped(reading.read([text], "grafted", frozenset(), _say_nothing))))
    loader.engine()


def _settle(provided: Provided, *, forks: bool) -> None:
    """Bring this process into the state from which all children start."""
    for name in {"random", "numpy.random"} & sys.modules.keys():
        sys.modules[name].seed(0)  # the same submission sees the same numbers in every process
    if forks:
        provided.prepare()
    gc.collect()
    gc.freeze()  # a child's collections leave the worker's pages alone, and shared


class Child:
    """What happens in the student's process: run the definitions, then one probe, and say what came of it.

    ``read`` is what reading the cells gave in a mode, for the children after the one that read them.
    """

    def __init__(self, provided: Provided, cells: Sequence[str], filtered: bool) -> None:
        self._provided, self._cells = provided, cells
        self.filtered = filtered
        self.read: dict[LoadMode, bytes] = {}

    def answer(self, request: dict[str, Any], write: Write, keep: Write) -> None:
        """Answer one request in messages to ``write``; nothing the student's code raises gets out.

        A request to load gives what it read to ``keep``, before any of the student's code is run.
        """

        def send(kind: str, body: Any) -> None:
            write((plain.encoded({"id": request["id"], kind: body}) + "\n").encode("ascii"))

        loads_only, mode = request["probe"] is None, request["mode"]
        skip = frozenset((cell, statement) for cell, statement in request["skip"])
        announce = (lambda *row: send("loading", list(row))) if loads_only else _say_nothing
        try:
            read = b"" if loads_only else self.read.get(mode)
            statements = reading.restored(read) if read else reading.read(self._cells, mode, skip, announce)
            if loads_only:
                keep(reading.dumped(statements))
            loader = Loader(self._provided, mode, skip, announce)
            if loads_only:
                found = loader.load(statements)
                send("loaded", [found.operators, found.set_aside, found.problems, [list(s) for s in found.slow]])
                return
            loader.run(statements)
            for measured in _measurements(request["probe"], loader.engine(), request["inputs"]):
                send("values", {name: plain.scalar(value) for name, value in measured.items()})
            send("done", True)
        except BaseException as error:
            send("raised", describe(error))


def _say_nothing(*row: object) -> None:
    """Where nobody needs to know which statement comes next."""


def _measurements(name: str, engine: Engine, inputs: dict[str, Any]) -> Iterator[probes.Measured]:
    if name in probes.TRAINING_PROBES:
        yield from probes.TRAINING_PROBES[name](engine, inputs)
    else:
        yield probes.OPERATOR_PROBES[name](engine.Value, inputs)


# --- one process for each request ---------------------------------------------------------------------------------


def _fork_and_relay(child: Child, request: dict[str, Any], requests: int, replies: int) -> None:
    pipes = [os.pipe() for _ in ("answers", "what was read")[: 2 if request["probe"] is None else 1]]
    ours, theirs = [pipe[0] for pipe in pipes], [pipe[1] for pipe in pipes]
    worker, read = os.getpid(), bytearray()
    try:
        pid = os.fork()
    except OSError as error:
        _reply(replies, request, protocol.FAULT, f"no process for a probe: {error}".encode())
        return
    if pid == 0:
        _be_child(child, request, worker, theirs, (requests, replies, *ours))
    for descriptor in theirs:
        os.close(descriptor)
    in_time = _relay(ours, read, replies, request)
    for descriptor in ours:
        os.close(descriptor)
    ending = _end(pid, _REAP_SECONDS if in_time else 0.0)
    if ending == "exited" and 0 < len(read) <= MAX_READ:
        child.read[request["mode"]] = bytes(read)
    ending = ending if in_time else "timed_out"
    _reply(replies, request, protocol.END, f"{ending}{' orphans' if _has_orphans() else ''}".encode())


def _be_child(child: Child, request: dict[str, Any], worker: int, mine: Sequence[int], not_mine: Iterable[int]) -> None:
    """Give up everything but the child's own pipes, then answer. Never returns."""
    answering, *keeping = mine

    def keep(data: bytes) -> None:
        for descriptor in keeping:
            _writer(descriptor)(data)
            os.close(descriptor)  # the student's code, which comes now, must not write to it

    try:
        os.setpgid(0, 0)
        for descriptor in not_mine:
            os.close(descriptor)
        confine.confine_child(math.ceil(request["seconds"]), worker, filtered=child.filtered)
        write = _writer(answering)
        write(_STARTED)
        child.answer(request, write, keep)
    finally:
        _exit(0)  # past everything the student's code registered, and past its threads


def _writer(descriptor: int) -> Write:
    def write(data: bytes, write: Callable[[int, bytes], int] = os.write) -> None:
        while data:
            data = data[write(descriptor, data) :]

    return write


def _relay(ours: Sequence[int], read: bytearray, replies: int, request: dict[str, Any]) -> bool:
    """Pass the child's answers on until it closes their pipe, and gather what it ``read``.

    False if it did not before the deadline.
    """
    answers, *kept = ours
    deadline, started = time.monotonic() + request["seconds"], False
    while ready := select.select([answers, *kept], [], [], max(0.0, deadline - time.monotonic()))[0]:
        data = os.read(ready[-1], protocol.MAX_FRAME)
        if ready[-1] in kept:
            if not data:
                kept.clear()
            elif len(read) <= MAX_READ:
                read += data
            continue
        if not started and data[:1] != _STARTED:
            _reply(replies, request, protocol.FAULT, b"a process for a probe could not be confined")
            return True
        if not data:
            return True
        data, started = data if started else data[1:], True
        if data:
            _reply(replies, request, protocol.CHILD, data)
    return False


def _end(pid: int, patience: float) -> str:
    """Wait for the child, or kill it and its group; how it ended."""
    deadline, pause = time.monotonic() + patience, _FIRST_PAUSE
    ended, status = os.waitpid(pid, os.WNOHANG)
    while not ended and time.monotonic() < deadline:
        time.sleep(pause)
        ended, status = os.waitpid(pid, os.WNOHANG)
        pause = min(2 * pause, _LONGEST_PAUSE)
    with suppress(ProcessLookupError, PermissionError):  # nobody is left in it; macOS says so with the latter
        os.killpg(pid, signal.SIGKILL)
    if not ended:
        status = os.waitpid(pid, 0)[1]
    return f"killed {os.WTERMSIG(status)}" if os.WIFSIGNALED(status) else "exited"


def _has_orphans() -> bool:
    """Whether processes remain that the child left behind: they became children of this process."""
    try:
        while os.waitpid(-1, os.WNOHANG)[0]:
            pass
    except ChildProcessError:
        return False
    return True


# --- no processes to fork -----------------------------------------------------------------------------------------


def _answer_here(child: Child, request: dict[str, Any], requests: int, replies: int) -> None:
    """Answer in this process: the driver starts another one when the student's code hangs or ends it."""
    frame, header = protocol.frame, request["id"].encode("ascii")
    write = _writer(replies)

    def send(data: bytes) -> None:
        for start in range(0, len(data), protocol.MAX_FRAME):
            write(frame(header, protocol.CHILD, data[start : start + protocol.MAX_FRAME]))

    child.answer(request, send, lambda read: None)
    write(frame(header, protocol.END, b"exited"))


def _reply(replies: int, request: dict[str, Any], kind: bytes, payload: bytes) -> None:
    _writer(replies)(protocol.frame(request["id"].encode("ascii"), kind, payload))


if __name__ == "__main__":
    main()
