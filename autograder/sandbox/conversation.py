"""The conversation with a worker: one request at a time. A worker that misbehaves is replaced."""

from __future__ import annotations

import json
import os
import secrets
import signal
import time
from collections.abc import Generator, Iterator, Sequence
from contextlib import closing
from dataclasses import dataclass
from typing import Any

from autograder.sandbox.budget import Budget
from autograder.sandbox.worker_process import MAX_OUTPUT, Gone, SandboxFault, WorkerProcess
from autograder.vocabulary import Isolation, Manifest, ObservationStatus, Step
from autograder.wire import messages, preload
from autograder.wire.confinement import MEMORY, Confinement, limits_memory, own_uid
from autograder.wire.messages import BrokenProtocol, Done, Ending, How, LoadedMessage, Message, Raised, Room

START_SECONDS = 20.0
"""Time limit for a worker to become ready, in seconds. It takes 0.3 s, but many times that on a busy machine."""

_LAST = (Done, Raised, LoadedMessage)
"""Kinds of the last message in an honest answer."""
_SIGNALS = {int(one): one.name for one in signal.Signals}


@dataclass(frozen=True)
class Broken:
    """Last item of an answer that did not end as it should."""

    status: ObservationStatus
    detail: str = ""


class Link:
    """Conversation of the driver with the worker that holds a submission's ``cells``.

    ``grace`` is the time in seconds that a worker has to notice a deadline. ``leftovers`` is true if a process survived
    the cleaning up.
    """

    def __init__(
        self,
        manifest: Manifest,
        provided: str,
        cells: Sequence[str],
        confinement: Confinement,
        *,
        grace: float,
        slot: int,
    ) -> None:
        self._manifest, self._provided, self._cells = manifest, provided, list(cells)
        self._confinement, self._grace = confinement, grace
        self._uid = own_uid(slot) if Step.OWN_UID in confinement else None
        self._worker: WorkerProcess | None = None
        self._frames = messages.FrameReader()
        self._isolation: Isolation | None = None
        self._output, self._ended = "", 0
        self._cpu_of_ended = self._cpu_charged = 0.0
        self.leftovers = False

    @property
    def isolation(self) -> Isolation:
        """Steps of confinement that the worker has taken. A worker is started if there was none yet."""
        if self._isolation is None:
            self._running_worker()
        return self._isolation or Isolation()

    @property
    def output(self) -> str:
        """Beginning of the output of all workers so far, made safe to show."""
        return (self._output + (self._worker.output if self._worker else ""))[:MAX_OUTPUT]

    def request(
        self, body: dict[str, Any], seconds: float, room: Room, budget: Budget
    ) -> Generator[Message | Broken, None, None]:
        """Yield the messages that answer one request, within the limits ``room``. Closing the iterator ends the worker.

        The time that it takes is spent of the ``budget``, which may end the request before ``seconds`` are over.

        Raises ``SandboxFault`` if no worker can be started.
        """
        if budget.is_spent:
            yield Broken("out_of_time")
            return
        started, ended = time.monotonic(), self._ended
        limits = {"seconds": min(seconds, budget.wall), "cpu_seconds": min(seconds, budget.cpu)}
        try:
            with closing(self._answers(body | limits, limits["seconds"], room)) as answers:
                for answer in answers:
                    if isinstance(answer, Broken) and answer.status in ("timed_out", "crashed"):
                        started = self._charge(budget, started, ended)
                        answer = Broken("out_of_time") if budget.is_spent else answer
                    yield answer
        finally:
            self._charge(budget, started, ended)

    def _charge(self, budget: Budget, started: float, ended: int) -> float:
        """Subtract the time since ``started`` from the ``budget``, and return the time now.

        ``ended`` is the number of workers that had ended then. If it has grown, a worker was killed, and the processor
        time of the process that ran the student's code is not known. Then the time on the clock is charged for it.
        """
        now, cpu = time.monotonic(), self._cpu_of_ended + (self._worker.cpu_seconds() if self._worker else 0.0)
        wall, used = now - started, cpu - self._cpu_charged
        self._cpu_charged = cpu
        budget.spend(wall, used if self._ended == ended else max(wall, used))
        return now

    def _answers(self, body: dict[str, Any], seconds: float, room: Room) -> Generator[Message | Broken, None, None]:
        worker, request, finished = self._running_worker(), _new_id(), False
        try:
            worker.write(_line(request, body), seconds + self._grace)
            yield from self._messages(worker, request, time.monotonic() + seconds + self._grace, room)
            finished = True
        except BrokenProtocol as broken:
            self.end_worker()
            yield Broken("broke_protocol", str(broken))
        except Gone:
            self.end_worker()
            yield Broken("crashed", "the code ended the worker")
        finally:
            if not finished:
                self.end_worker()

    def _messages(
        self, worker: WorkerProcess, request: bytes, deadline: float, room: Room
    ) -> Iterator[Message | Broken]:
        reader, last = messages.MessageReader(request, self._manifest.methods, room), None
        for frame in self._frames_until_end(worker, request, deadline):
            for message in reader.feed(frame.payload) if frame.kind == messages.CHILD else ():
                if isinstance(last, _LAST):
                    raise BrokenProtocol("more than was asked for")
                last = message
                yield message
            if frame.kind == messages.READY:
                raise BrokenProtocol("no answer to this request")
            if frame.kind == messages.END:
                ending = Ending.unpacked(frame.payload)
                broken = _broken_by(ending)
                if broken is None and not (isinstance(last, _LAST) and reader.is_empty):
                    broken = Broken("crashed", "the code ended the program")
                if ending.orphans:
                    self.end_worker()
                if broken is not None:
                    yield broken

    def _frames_until_end(self, worker: WorkerProcess, request: bytes, deadline: float) -> Iterator[messages.Frame]:
        while True:
            while frame := self._frames.next(request):
                if frame.kind == messages.FAULT:
                    raise SandboxFault(
                        f"the worker reports: {messages.cleaned(frame.payload.decode('ascii', 'replace'))}"
                    )
                yield frame
                if frame.kind in (messages.END, messages.READY):
                    return
            data = worker.read(deadline)
            if not data or time.monotonic() > deadline:
                self.end_worker()
                yield messages.Frame(messages.END, Ending(How.TIMED_OUT).packed())
                return
            self._frames.feed(data)

    # --- the worker -----------------------------------------------------------------------------------------------

    def _running_worker(self) -> WorkerProcess:
        if self._worker is not None and not (self._worker.is_quiet() and self._frames.is_empty):
            self.end_worker()  # it has ended already, or something wrote to its channel without a request
        if self._worker is None:
            self._worker = WorkerProcess(self._uid)
            try:
                self._start(self._worker)
            except BaseException:
                self.end_worker()
                raise
        return self._worker

    def _start(self, worker: WorkerProcess) -> None:
        request, deadline = _new_id(), time.monotonic() + START_SECONDS
        body = {
            "confinement": [step.value for step in self._confinement],
            "uid": self._uid,
            "parent": os.getpid(),
            "folders": preload.folders(),
            "modules": preload.mentioned(self._cells, self._provided),
            "manifest": self._manifest.to_json(),
            "provided": self._provided,
        }
        try:
            worker.write(_line(request, body), START_SECONDS)
            (frame,) = self._frames_until_end(worker, request, deadline)
            worker.write(_line(request, {"cells": self._cells}), START_SECONDS)
        except (Gone, BrokenProtocol) as error:
            raise SandboxFault(f"the worker did not start: {messages.cleaned(worker.output[-600:])}") from error
        if frame.kind != messages.READY:
            raise SandboxFault("the worker was not ready in time")
        isolation = Isolation.from_json(json.loads(frame.payload))
        if not limits_memory(self._confinement):
            worker.watch_memory(MEMORY)
            isolation = Isolation((*isolation.applied, Step.MEMORY_WATCHDOG), isolation.missing)
        self._isolation = isolation

    def end_worker(self) -> None:
        """End the worker and all processes that it started, and remove its files."""
        worker, self._worker = self._worker, None
        self._frames = messages.FrameReader()
        if worker is not None:
            self._cpu_of_ended, self._ended = self._cpu_of_ended + worker.cpu_seconds(), self._ended + 1
            by_uid = self._isolation is not None and Step.OWN_UID in self._isolation.applied
            self.leftovers |= not worker.take_down(by_uid=by_uid)
            self._output = (self._output + worker.output)[:MAX_OUTPUT]


def _new_id() -> bytes:
    return secrets.token_hex(messages.ID_LENGTH // 2).encode("ascii")


def _line(request: bytes, body: dict[str, Any]) -> bytes:
    return json.dumps({"id": request.decode("ascii"), **body}).encode("ascii") + b"\n"


def _broken_by(ending: Ending) -> Broken | None:
    """Return the last item of an answer with this ending, or None if the process ended by itself."""
    if ending.how is How.EXITED:
        return None
    if ending.how is How.KILLED:
        name = _SIGNALS.get(ending.signal, "a signal")
        return Broken("timed_out" if name == "SIGXCPU" else "crashed", f"the program was ended by {name}")
    return Broken("timed_out")
