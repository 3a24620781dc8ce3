"""The sandbox: it runs probes on a submission in a confined worker, and believes nothing that comes back.

Whatever the student's code does, the result is an ``Observation`` within a limited time. Only failures of the sandbox
itself raise, as ``SandboxFault``.
"""

from __future__ import annotations

from collections.abc import Generator, Iterator, Mapping, Sequence
from contextlib import closing
from dataclasses import dataclass
from itertools import takewhile
from types import TracebackType
from typing import Any

from autograder.sandbox.budget import Budget
from autograder.sandbox.conversation import Broken, Link
from autograder.sandbox.worker_process import SandboxFault
from autograder.vocabulary import (
    Inputs,
    Isolation,
    Loaded,
    LoadMode,
    Manifest,
    Note,
    Observation,
    ObservationStatus,
    Sign,
)
from autograder.wire.confinement import FULL, Confinement
from autograder.wire.messages import (
    LOADING_ROOM,
    LoadedMessage,
    Loading,
    Message,
    Raised,
    Room,
    Values,
    cleaned,
    probe_room,
    stepwise_room,
)
from autograder.wire.statements import beginning

__all__ = ["Limits", "Sandbox", "SandboxFault"]


MAX_BEGINNING = 60
"""Maximum length of a cell's first line in a message, in characters; it is enough to find the cell again."""


@dataclass(frozen=True)
class Limits:
    """Time limits in seconds, and one maximum number, each with its reason."""

    load: float = 5.0
    """Time limit for one try to load the definitions; an honest one takes 0.05 s."""
    probe: float = 2.0
    """Time limit for one probe and the loading before it; an honest one takes 0.02 s."""
    grace: float = 1.0
    """Time that the worker has to notice a deadline and end the student's process, before the driver ends both."""
    quarantined: int = 5
    """Maximum number of statements that may hang or crash while loading; after one more the loading is given up."""


_WHILE_LOADING: dict[ObservationStatus, tuple[str, Sign]] = {
    "timed_out": ("took too long", Sign.STATEMENT_TIMED_OUT),
    "crashed": ("ended the program", Sign.STATEMENT_CRASHED),
    "broke_protocol": ("wrote to the grader's channel", Sign.STATEMENT_BROKE_PROTOCOL),
}
"""Words and sign for a statement that ended the loading, by the status of the request."""


class Sandbox:
    """Submission's ``cells``, loaded after the ``provided`` definitions of a ``manifest`` in a confined worker.

    ``budget`` is the time for everything together. ``slot`` is a number that no other sandbox has which this process
    has open at the same time. Use a sandbox as a context manager, from one thread.
    """

    def __init__(
        self,
        manifest: Manifest,
        provided: str,
        cells: Sequence[str],
        *,
        confinement: Confinement = FULL,
        limits: Limits | None = None,
        budget: Budget | None = None,
        slot: int = 0,
    ) -> None:
        self._limits, self.budget = limits or Limits(), budget or Budget()
        self._methods = manifest.methods
        self._link = Link(manifest, provided, cells, confinement, grace=self._limits.grace, slot=slot)
        self._cells = cells
        self._loaded: Loaded | None = None
        self._skip: set[tuple[int, int]] = set()

    def __enter__(self) -> Sandbox:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, traceback: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        """End the worker and all processes that it started, and remove its files."""
        self._link.end_worker()

    @property
    def isolation(self) -> Isolation:
        """Steps of confinement that the worker has taken. A worker is started if there was none yet."""
        return self._link.isolation

    @property
    def output(self) -> str:
        """Beginning of the student's printed output, made safe to show."""
        return self._link.output

    @property
    def leftovers(self) -> bool:
        """True if a process that the student's code started survived the cleaning up."""
        return self._link.leftovers

    @property
    def loaded(self) -> Loaded:
        """Result of loading the submission. It is loaded if it was not yet."""
        return self._loaded or self.load()

    def load(self, mode: LoadMode = "grafted") -> Loaded:
        """Load the submission. If a statement hangs or ends the process, load again without that statement.

        At most ``Limits.quarantined`` statements are left out. If one more fails, all methods are missing; if the time
        for the submission is used up, they are not loaded. For another mode a new worker is started, so that nothing of
        the requests before is left.
        """
        if self._loaded is not None and self._loaded.mode != mode:
            self._link.end_worker()
        self._skip = set()
        problems: list[Note] = []
        for _ in range(self._limits.quarantined + 1):
            culprit: Loading | None = None
            last: Message | Broken | None = None
            for last in self._link.request(self._body(None, (), mode), self._limits.load, LOADING_ROOM, self.budget):
                culprit = last if isinstance(last, Loading) else culprit
            if isinstance(last, LoadedMessage):
                self._skip |= set(last.slow)
                problems += [
                    Note(text, sign=Sign.STATEMENT_TIMED_OUT if timed_out else None)
                    for text, timed_out in last.problems
                ]
                self._loaded = Loaded(mode, last.methods, last.set_aside, tuple(problems), last.look_alikes)
                return self._loaded
            status = last.status if isinstance(last, Broken) else "crashed"
            if status == "out_of_time":
                self._loaded = Loaded(mode, dict.fromkeys(self._methods, "not_loaded"), False, tuple(problems))
                return self._loaded
            if culprit is None:
                break
            self._skip.add((culprit.cell, culprit.statement))
            did, sign = _WHILE_LOADING[status]
            problems.append(Note(f"`{culprit.quote}` {did} and was left out.", sign=sign))
        problems.append(Note("The code could not be loaded.", sign=Sign.NOT_LOADED))
        self._loaded = Loaded(mode, dict.fromkeys(self._methods, "missing"), False, tuple(problems))
        return self._loaded

    def observe(self, probe: str, cases: Sequence[Inputs], budget: Budget | None = None) -> Iterator[Observation]:
        """Run a probe that reports once on each of its ``cases``, and yield their observations in order.

        They are run within ``budget`` if it is given, and share a process as long as they are quick and return. A case
        that does not return counts only if it is the first in its process. Else it is run again in another one, because
        those before it may be the cause.

        Raises ``SandboxFault`` if there is no probe of this name.
        """
        left = list(cases)
        while left:
            observed = self._together(probe, left, budget or self.budget)
            yield from observed
            del left[: len(observed)]

    def _together(self, probe: str, cases: Sequence[Inputs], budget: Budget) -> list[Observation]:
        """Run a probe on ``cases`` in one process, and return the observations that count: at least the first."""
        body = self._body(probe, cases, self.loaded.mode)
        found = list(self._observations(body, self._limits.probe, probe_room(len(cases)), budget))
        returned = len(list(takewhile(lambda one: one.status == "returned", found)))
        if returned == len(found) == len(cases):
            return found
        if returned == 0 or len(cases) == 1:
            return [found[-1] if len(found) > returned else Observation("broke_protocol")]
        if found[-1].status == "broke_protocol":
            return self._together(probe, cases[:1], budget)  # what was said before that may be forged too
        return found[: min(returned, len(cases) - 1)]

    def stream(
        self, probe: str, inputs: Inputs, *, steps: int, seconds: float, lent: Mapping[str, str] | None = None
    ) -> Generator[Observation, None, None]:
        """Run a probe that reports step by step, and yield one observation for each step.

        If the run goes wrong, the last observation has another status than ``"returned"``. ``lent`` maps questions to
        functions, as text, that replace the student's methods. The student's code can read them, so nothing that it
        computes or says afterwards may be judged or shown. Closing the iterator early ends the student's process. The
        time limit goes on while the caller looks at an observation.

        Raises ``SandboxFault`` if there is no probe of this name.
        """
        body = self._body(probe, [inputs], self.loaded.mode) | {"lent": dict(lent or {})}
        return self._observations(body, seconds, stepwise_room(steps), self.budget)

    def _observations(
        self, body: dict[str, Any], seconds: float, room: Room, budget: Budget
    ) -> Generator[Observation, None, None]:
        with closing(self._link.request(body, seconds, room, budget)) as messages:
            for message in messages:
                if isinstance(message, Values):
                    yield Observation("returned", message.values)
                elif isinstance(message, Raised):
                    detail = f"{message.message} {self._where(message)}".strip()
                    yield Observation("raised", error=message.error, detail=detail)
                elif isinstance(message, Broken):
                    yield Observation(message.status, detail=message.detail)

    def _where(self, raised: Raised) -> str:
        """Return the student's line that raised an exception, and the beginning of its cell, or ""."""
        if not raised.line or raised.cell >= len(self._cells):
            return ""
        cell = f"the cell that begins `{cleaned(beginning(self._cells[raised.cell]), MAX_BEGINNING)}`"
        return f"(line {raised.line} of {cell})"

    def _body(self, probe: str | None, cases: Sequence[Inputs], mode: LoadMode) -> dict[str, Any]:
        return {"probe": probe, "cases": [dict(one) for one in cases], "mode": mode, "skip": sorted(self._skip)}
