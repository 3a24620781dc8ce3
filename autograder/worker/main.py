"""The worker: it locks itself in, then answers each request in a forked process of its own.

It is started by path, as ``python -I -S main.py``. Requests come as JSON lines on standard input, and frames go out on
standard output; both are moved to private descriptors at once. The first line is the configuration, the second the
submission, and each further line a request.

This process never runs or parses the student's text; only its children do. So no state passes from one probe to the
next, and no child has a descriptor on which it could answer for another. The only exception is the compiled text: it
comes from a child that had not run any of it yet.
"""

from __future__ import annotations

import gc
import math
import os
import select
import signal
import sys
import time
from collections.abc import Callable, Iterable
from contextlib import suppress
from importlib import import_module
from json import loads
from pathlib import Path
from typing import Any, BinaryIO, NamedTuple

if __name__ == "__main__":
    # Modules would have every child draw a new seed, and look for threads, of which this process has none.
    os.register_at_fork = lambda **hooks: None

_ROOT = str(Path(__file__).resolve().parents[2])
sys.path.insert(0, _ROOT)
from autograder.vocabulary import Isolation, Manifest, Step  # noqa: E402
from autograder.wire import messages, preload  # noqa: E402
from autograder.wire.messages import Ending, How  # noqa: E402 - the path is known only now
from autograder.worker import import_hook, lockdown, safe_values, seccomp  # noqa: E402
from autograder.worker.answer import Child, Write, warm_up  # noqa: E402
from autograder.worker.graft import Provided  # noqa: E402

sys.path.remove(_ROOT)

MAX_READ = 4 << 20
"""Maximum size of a compiled submission that the worker keeps, in bytes. A larger one is parsed in every child."""
MAX_OUTPUT = 16 << 10
"""Maximum output of one child that is passed on, in bytes: some pages.

The rest is read and dropped, so that the child does not block.
"""
_STARTED = b"+"
"""First byte that a child sends. It says that the child is confined, and that the student's answer follows."""
_FORK_SECONDS = 0.8
"""Time limit for starting a process, in seconds.

It is shorter than the driver's grace; else the student would be told of a time limit.
"""
_REAP_SECONDS = 0.5
"""Time limit for a child to end after it closed its pipe, in seconds."""

_FIRST_PAUSE, _LONGEST_PAUSE = 20e-6, 1e-3
"""Shortest and longest time between two looks at whether a child has ended, in seconds. Most end within the first."""

_exit = os._exit


def main() -> None:
    """Serve the driver until it closes the channel."""
    sys.dont_write_bytecode = True  # the bytecode of our own modules is written already, or is not wanted
    requests, replies = _take_channel()
    first = loads(requests.readline())
    manifest = Manifest.from_json(first["manifest"])
    provided = Provided(manifest, compile(first["provided"], "<provided>", "exec", dont_inherit=True))
    try:
        probes = import_module(manifest.probes)
        isolation = _confine(first, manifest)
        warm_up(provided, first["provided"])
    except Exception as error:  # whatever went wrong, this process must not go on without its walls
        _reply(replies, first, messages.FAULT, repr(error).encode("ascii", "replace")[:1000])
        return
    _reply(replies, first, messages.READY, safe_values.encoded(isolation.to_json()).encode("ascii"))
    cells, forks = loads(requests.readline())["cells"], Step.FORK in isolation.applied
    _settle(provided, forks=forks)
    child = Child(provided, probes, cells, Step.SECCOMP in isolation.applied)
    serve = _fork_and_relay if forks else _answer_here
    for line in requests:
        request = loads(line)
        if child.knows(request["probe"]):
            serve(child, request, requests.fileno(), replies)
        else:
            _reply(replies, request, messages.FAULT, b"there is no probe of that name")


def _take_channel() -> tuple[BinaryIO, int]:
    """Move the channel away from the standard descriptors, on which student code reads and prints.

    Return the stream of requests and the descriptor for replies.
    """
    requests, replies = os.fdopen(os.dup(0), "rb"), os.dup(1)
    nothing = os.open(os.devnull, os.O_RDONLY)
    os.dup2(nothing, 0)
    os.close(nothing)
    os.dup2(2, 1)
    return requests, replies


def _confine(first: dict[str, Any], manifest: Manifest) -> Isolation:
    sys.path += first["folders"]
    preload.import_beforehand(first["modules"])
    safe_values.know_numbers()
    wanted = frozenset(map(Step, first["confinement"]))
    isolation = lockdown.confine(wanted, first["uid"], first["parent"])
    if Step.SECCOMP in isolation.applied:
        seccomp.process_filter()  # it is made once, for all children
    import_hook.install(Path(file).stem for file in manifest.released if file.endswith(".py"))
    return isolation


def _settle(provided: Provided, *, forks: bool) -> None:
    """Bring this process into the state from which all children start."""
    for name in {"random", "numpy.random"} & sys.modules.keys():
        sys.modules[name].seed(0)  # the same submission sees the same numbers in every process
    if forks:
        provided.prepare()
    gc.collect()
    gc.freeze()  # so a child's garbage collection does not copy the pages that it shares with the worker


# --- one process for each request ---------------------------------------------------------------------------------


class _Pipes(NamedTuple):
    """One side's ends of the four pipes of a child: its answers, its output, its input, and its compiled cells.

    Children never share a descriptor: its flags, locks and owner would pass from one child to the next.
    """

    answers: int
    output: int
    input: int
    read: int


def _fork_and_relay(child: Child, request: dict[str, Any], requests: int, replies: int) -> None:
    ours, theirs = _pipes()
    worker, read = os.getpid(), bytearray()
    try:
        pid = _fork()
    except OSError as error:
        _reply(replies, request, messages.FAULT, f"no process for a probe: {error}".encode())
        return
    if pid == 0:
        _be_child(child, request, worker, theirs, (requests, replies, *ours))
    for descriptor in (*theirs, ours.input):
        os.close(descriptor)  # nothing will ever come from its input
    in_time = _relay(ours, read, replies, request)
    for descriptor in (ours.answers, ours.output, ours.read):
        os.close(descriptor)
    status = _end(pid, _REAP_SECONDS if in_time else 0.0)
    signalled = os.WTERMSIG(status) if os.WIFSIGNALED(status) else 0
    if not signalled and 0 < len(read) <= MAX_READ:
        child.read[request["mode"]] = bytes(read)
    how = How.TIMED_OUT if not in_time else How.KILLED if signalled else How.EXITED
    _reply(replies, request, messages.END, Ending(how, signalled, _has_orphans()).packed())


def _fork() -> int:
    """Fork this process like ``os.fork``, and try again for a moment if the user has too many processes.

    Raises ``BlockingIOError`` if that lasts longer than ``_FORK_SECONDS``.
    """
    deadline = time.monotonic() + _FORK_SECONDS
    while True:
        try:
            return os.fork()
        except BlockingIOError:
            if time.monotonic() > deadline:
                raise
            time.sleep(_LONGEST_PAUSE)


def _pipes() -> tuple[_Pipes, _Pipes]:
    """Return the worker's ends and the child's ends of four new pipes."""
    answers, output, given, read = os.pipe(), os.pipe(), os.pipe(), os.pipe()
    return (
        _Pipes(answers[0], output[0], given[1], read[0]),
        _Pipes(answers[1], output[1], given[0], read[1]),
    )


def _be_child(child: Child, request: dict[str, Any], worker: int, mine: _Pipes, not_mine: Iterable[int]) -> None:
    """Close everything but the child's own pipes, confine this process, answer, and exit. It never returns."""

    def keep(data: bytes) -> None:
        if request["probe"] is None:
            _writer(mine.read)(data)
            os.close(mine.read)  # the student's code runs next and must not write to it

    try:
        os.setpgid(0, 0)
        for standard, own in ((0, mine.input), (1, mine.output), (2, mine.output)):
            os.dup2(own, standard)
        for descriptor in (*not_mine, mine.input, mine.output):
            os.close(descriptor)
        if request["probe"] is not None:
            os.close(mine.read)
        lockdown.confine_child(math.ceil(request["cpu_seconds"]), worker, filtered=child.filtered)
        write = _writer(mine.answers)
        write(_STARTED)
        child.answer(request, write, keep)
    finally:
        _exit(0)  # without waiting for exit handlers or threads of the student's code


def _writer(descriptor: int) -> Write:
    def write(data: bytes, write: Callable[[int, bytes], int] = os.write) -> None:
        while data:
            data = data[write(descriptor, data) :]

    return write


def _relay(ours: _Pipes, read: bytearray, replies: int, request: dict[str, Any]) -> bool:
    """Pass on the child's answers until it closes their pipe; return False if the deadline comes first.

    Its compiled cells are collected in ``read``.
    """
    watched = [ours.read, ours.answers, ours.output]  # compiled cells come first: they are sent before the last answer
    deadline, started, room = time.monotonic() + request["seconds"], False, MAX_OUTPUT
    while ready := select.select(watched, [], [], max(0.0, deadline - time.monotonic()))[0]:
        for descriptor in ready:
            data = os.read(descriptor, messages.MAX_FRAME)
            if descriptor == ours.answers:
                if not started and data[:1] != _STARTED:
                    _reply(replies, request, messages.FAULT, b"a process for a probe could not be confined")
                    return True
                if not data:
                    _print_rest(ours.output, room)
                    return True
                data, started = data if started else data[1:], True
                if data:
                    _reply(replies, request, messages.CHILD, data)
            elif not data:
                watched.remove(descriptor)
            elif descriptor == ours.output:
                room -= _print(data[:room])
            elif len(read) <= MAX_READ:
                read += data
    return False


def _print(data: bytes) -> int:
    """Pass on the output of a child, and return its length in bytes."""
    _writer(2)(data)
    return len(data)


def _print_rest(output: int, room: int) -> None:
    """Pass on the output that waits in the pipe of a child that has ended, up to ``room`` bytes."""
    if select.select([output], [], [], 0)[0]:
        _print(os.read(output, messages.MAX_FRAME)[:room])


def _end(pid: int, patience: float) -> int:
    """Wait ``patience`` seconds for the child to end, then kill it and its group.

    Return its status as ``os.waitpid`` gives it.
    """
    deadline, pause = time.monotonic() + patience, _FIRST_PAUSE
    ended, status = os.waitpid(pid, os.WNOHANG)
    while not ended and time.monotonic() < deadline:
        time.sleep(pause)
        ended, status = os.waitpid(pid, os.WNOHANG)
        pause = min(2 * pause, _LONGEST_PAUSE)
    with suppress(ProcessLookupError, PermissionError):  # the group is empty; macOS raises the second error then
        os.killpg(pid, signal.SIGKILL)
    if not ended:
        status = os.waitpid(pid, 0)[1]
    return status


def _has_orphans() -> bool:
    """Tell whether the child left processes behind. They have become children of this process."""
    try:
        while os.waitpid(-1, os.WNOHANG)[0]:
            pass
    except ChildProcessError:
        return False
    return True


# --- no processes to fork -----------------------------------------------------------------------------------------


def _answer_here(child: Child, request: dict[str, Any], requests: int, replies: int) -> None:
    """Answer a request in this process. If the student's code hangs or ends it, the driver starts a new worker."""
    frame, header = messages.frame, request["id"].encode("ascii")
    write, exited = _writer(replies), Ending(How.EXITED).packed()

    def send(data: bytes) -> None:
        for start in range(0, len(data), messages.MAX_FRAME):
            write(frame(header, messages.CHILD, data[start : start + messages.MAX_FRAME]))

    child.answer(request, send, lambda read: None)
    write(frame(header, messages.END, exited))


def _reply(replies: int, request: dict[str, Any], kind: bytes, payload: bytes) -> None:
    _writer(replies)(messages.frame(request["id"].encode("ascii"), kind, payload))


if __name__ == "__main__":
    main()
