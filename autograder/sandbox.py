"""The trusted side: runs probes on a submission in a confined worker, and believes nothing that comes back.

Whatever the student's code does ends in an ``Observation`` within a bounded time. Only the sandbox's own failures
raise, as ``SandboxFault``.
"""

from __future__ import annotations

import dataclasses
import json
import os
import secrets
import signal
import time
from collections.abc import Generator, Iterator, Sequence
from contextlib import closing
from types import TracebackType
from typing import Any

from autograder import protocol
from autograder.confine import Confinement, own_uid
from autograder.probes import OPERATOR_PROBES
from autograder.protocol import BrokenProtocol, Done, LoadedMessage, Loading, Measured, Message, Raised
from autograder.records import OPERATORS, Inputs, Isolation, Loaded, LoadMode, Observation, ObservationStatus
from autograder.workerprocess import MAX_OUTPUT, Gone, SandboxFault, WorkerProcess

__all__ = ["Limits", "Sandbox", "SandboxFault"]


@dataclasses.dataclass(frozen=True)
class Limits:
    """Deadlines in seconds and counts, each with its reason."""

    start: float = 20.0
    """For the worker to be ready: takes 0.3 s, but a loaded machine with a cold disk may need many times that."""
    load: float = 5.0
    """For one try to load the definitions; honest ones take 0.05 s."""
    probe: float = 2.0
    """For one probe, the loading before it included; an honest one takes 0.02 s."""
    grace: float = 1.0
    """For the worker to notice a deadline and end the student's process, before the driver ends both."""
    quarantined: int = 5
    """Statements that may hang or crash while loading before the rest is given up."""


@dataclasses.dataclass(frozen=True)
class _End:
    """The end of a request; a status for an observation that came to nothing."""

    status: ObservationStatus
    detail: str = ""


_LAST = (Done, Raised, LoadedMessage)
"""An honest answer ends with one of these."""

_WHILE_LOADING: dict[ObservationStatus, str] = {
    "timed_out": "took too long",
    "crashed": "ended the program",
    "broke_protocol": "wrote to the grader's channel",
}
_SIGNALS = {int(one): one.name for one in signal.Signals}

MAX_MESSAGES = 10_000
"""Messages of one request: one a statement or an epoch, so a hundred times those of a long notebook."""

Statement = tuple[int, int]


class Sandbox:
    """A submission's ``cells``, loaded on top of the ``provided`` definitions in a confined worker.

    ``slot`` tells apart the sandboxes that one process has open at the same time. Use it as a context manager, from
    one thread. ``leftovers`` is whether anything survived the sweeping up.
    """

    def __init__(
        self,
        cells: Sequence[str],
        provided: str,
        *,
        confinement: Confinement | None = None,
        limits: Limits | None = None,
        slot: int = 0,
    ) -> None:
        self._cells, self._provided = list(cells), provided
        self._confinement, self._limits = confinement or Confinement(), limits or Limits()
        self._uid = own_uid(slot) if self._confinement.own_uid else None
        self._worker: WorkerProcess | None = None
        self._frames = protocol.FrameReader()
        self._isolation: Isolation | None = None
        self._loaded: Loaded | None = None
        self._skip: set[Statement] = set()
        self._output = ""
        self.leftovers = False

    def __enter__(self) -> Sandbox:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, traceback: TracebackType | None
    ) -> None:
        self.close()

    # --- what grading calls ---------------------------------------------------------------------------------------

    @property
    def isolation(self) -> Isolation:
        """The confinement steps that hold for the worker; starts one if there was none yet."""
        if self._isolation is None:
            self._running_worker()
        return self._isolation or Isolation()

    @property
    def loaded(self) -> Loaded:
        """What came of loading the submission; loads it if need be."""
        return self._loaded or self.load()

    @property
    def output(self) -> str:
        """The beginning of what the student's code printed, made safe to show."""
        return self._output + (self._worker.output if self._worker else "")

    def load(self, mode: LoadMode = "grafted") -> Loaded:
        """Load the submission; statements that hang or end the process are left out, and the rest tried again."""
        self._skip = set()
        problems: list[str] = []
        loaded: Loaded | None = None
        for _ in range(self._limits.quarantined + 1):
            messages = list(self._request(None, {}, mode, self._limits.load, most=MAX_MESSAGES))
            last, end = messages[-1], _End("crashed")
            if isinstance(last, LoadedMessage):
                self._skip |= set(last.slow)
                loaded = Loaded(mode, last.operators, last.redefined_value, (*problems, *last.problems))
                break
            if isinstance(last, _End):
                end = last
            culprit = next((message for message in reversed(messages) if isinstance(message, Loading)), None)
            if culprit is None:
                break
            self._skip.add((culprit.cell, culprit.statement))
            problems.append(f"`{culprit.quote}` {_WHILE_LOADING[end.status]} and was left out.")
        problems.append("The code could not be loaded.")
        self._loaded = loaded or Loaded(mode, dict.fromkeys(OPERATORS, "missing"), False, tuple(problems))
        return self._loaded

    def observe(self, probe: str, inputs: Inputs) -> Observation:
        """Run one probe of an operator; ``KeyError`` if there is none of that name."""
        if probe not in OPERATOR_PROBES:
            raise KeyError(probe)
        observations = list(self._observations(probe, inputs, self._limits.probe, most=2))
        return observations[-1] if observations else Observation("broke_protocol")

    def stream(self, probe: str, inputs: Inputs, *, seconds: float) -> Generator[Observation, None, None]:
        """Run a training probe: one observation an epoch; the last has another status if it went wrong.

        Closing the iterator early ends the student's process. Time runs while the caller looks at an observation.
        """
        return self._observations(probe, inputs, seconds, most=MAX_MESSAGES)

    def close(self) -> None:
        """End the worker and everything it started, and remove its files."""
        self._end_worker()

    # --- one request ----------------------------------------------------------------------------------------------

    def _observations(
        self, probe: str, inputs: Inputs, seconds: float, most: int
    ) -> Generator[Observation, None, None]:
        with closing(self._request(probe, inputs, self.loaded.mode, seconds, most)) as messages:
            for message in messages:
                if isinstance(message, Measured):
                    yield Observation("returned", message.values)
                elif isinstance(message, Raised):
                    where = f" (line {message.line} of your cell)" if message.line else ""
                    yield Observation("raised", error=message.error, detail=message.message + where)
                elif isinstance(message, _End):
                    yield Observation(message.status, detail=message.detail)

    def _request(
        self, probe: str | None, inputs: Inputs, mode: LoadMode, seconds: float, most: int
    ) -> Generator[Message | _End, None, None]:
        """All messages of one request; an ``_End`` is the last of them if the request did not end as it should.

        ``most`` is the number of messages that an honest answer has at most.
        """
        worker, request = self._running_worker(), _new_id()
        body = {"probe": probe, "inputs": inputs, "mode": mode, "seconds": seconds, "skip": sorted(self._skip)}
        finished = False
        try:
            worker.write(_line(request, body), seconds + self._limits.grace)
            yield from self._messages(worker, request, time.monotonic() + seconds + self._limits.grace, most)
            finished = True
        except BrokenProtocol as broken:
            self._end_worker()
            yield _End("broke_protocol", str(broken))
        except Gone:
            self._end_worker()
            yield _End("crashed")
        finally:
            if not finished:
                self._end_worker()

    def _messages(self, worker: WorkerProcess, request: bytes, deadline: float, most: int) -> Iterator[Message | _End]:
        reader, last, count = protocol.MessageReader(request), None, 0
        for frame in self._frames_until_end(worker, request, deadline):
            for message in reader.feed(frame.payload) if frame.kind == protocol.CHILD else ():
                count += 1
                if isinstance(last, _LAST) or count > most:
                    raise BrokenProtocol("more than was asked for")
                last = message
                yield message
            if frame.kind == protocol.END:
                end = _ending(frame.payload)
                if end is None and not (isinstance(last, _LAST) and reader.is_empty):
                    end = _End("crashed", "the code ended the program")
                if frame.payload.endswith(b" orphans"):
                    self._end_worker()
                if end is not None:
                    yield end

    def _frames_until_end(self, worker: WorkerProcess, request: bytes, deadline: float) -> Iterator[protocol.Frame]:
        while True:
            while frame := self._frames.next(request):
                if frame.kind == protocol.FAULT:
                    raise SandboxFault(
                        f"the worker reports: {protocol.cleaned(frame.payload.decode('ascii', 'replace'))}"
                    )
                yield frame
                if frame.kind in (protocol.END, protocol.READY):
                    return
            data = worker.read(deadline)
            if not data or time.monotonic() > deadline:
                self._end_worker()
                yield protocol.Frame(protocol.END, b"timed_out")
                return
            self._frames.feed(data)

    # --- the worker -----------------------------------------------------------------------------------------------

    def _running_worker(self) -> WorkerProcess:
        if self._worker is not None and not (self._worker.is_quiet() and self._frames.is_empty):
            self._end_worker()  # it ended, or something wrote to its channel unasked
        if self._worker is None:
            self._worker = WorkerProcess(self._uid)
            try:
                self._start(self._worker)
            except BaseException:
                self._end_worker()
                raise
        return self._worker

    def _start(self, worker: WorkerProcess) -> None:
        request, deadline = _new_id(), time.monotonic() + self._limits.start
        wanted = dataclasses.asdict(self._confinement)
        body = {"confinement": wanted, "uid": self._uid, "parent": os.getpid(), "provided": self._provided}
        try:
            worker.write(_line(request, body), self._limits.start)
            (frame,) = self._frames_until_end(worker, request, deadline)
            worker.write(_line(request, {"cells": self._cells}), self._limits.start)
        except (Gone, BrokenProtocol) as error:
            raise SandboxFault(f"the worker did not start: {protocol.cleaned(worker.output[-600:])}") from error
        if frame.kind != protocol.READY:
            raise SandboxFault("the worker was not ready in time")
        report = json.loads(frame.payload)
        self._isolation = Isolation(tuple(report["applied"]), tuple(report["missing"]))

    def _end_worker(self) -> None:
        worker, self._worker = self._worker, None
        self._frames = protocol.FrameReader()
        if worker is not None:
            by_uid = self._isolation is not None and "own uid" in self._isolation.applied
            self.leftovers |= not worker.take_down(by_uid=by_uid)
            self._output = (self._output + worker.output)[:MAX_OUTPUT]


def _new_id() -> bytes:
    return secrets.token_hex(protocol.ID_LENGTH // 2).encode("ascii")


def _line(request: bytes, body: dict[str, Any]) -> bytes:
    return json.dumps({"id": request.decode("ascii"), **body}).encode("ascii") + b"\n"


def _ending(payload: bytes) -> _End | None:
    """What the worker says of the child's end: None if it ended by itself."""
    words = payload.decode("ascii", "replace").split()
    if words[:1] == ["exited"]:
        return None
    if words[:1] == ["killed"] and words[1:2] and words[1].isdigit():
        name = _SIGNALS.get(int(words[1]), "a signal")
        return _End("timed_out" if name == "SIGXCPU" else "crashed", f"the program was ended by {name}")
    return _End("timed_out")
