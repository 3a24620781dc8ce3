"""The work of the student's process: it runs the definitions and one probe, and reports what it measured."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from time import monotonic
from types import ModuleType
from typing import Any

from autograder.vocabulary import LoadMode, Measured
from autograder.worker import compile_cells, safe_values
from autograder.worker.compile_cells import Place, Statement
from autograder.worker.graft import Engine, Provided, lent_methods
from autograder.worker.load_cells import Loader, describe

SHARED_SECONDS = 0.1
"""Time after which a process begins no further case, in seconds; a dozen honest ones take a tenth of it.

So what slows down its process, such as threads that never end, adds up over few cases.
"""

Write = Callable[[bytes], None]
Send = Callable[[str, Any], None]
"""Function that sends a message, given its kind and its body."""


class Child:
    """Student's process: it answers one request with the ``cells`` of a submission and the ``provided`` definitions.

    ``probes`` is the module of the probes that can be requested. ``filtered`` is true if the process must forbid itself
    system calls. ``read`` holds the compiled cells by mode, so that later children need not parse them again.
    """

    def __init__(self, provided: Provided, probes: ModuleType, cells: Sequence[str], filtered: bool) -> None:
        self._provided, self._probes, self._cells = provided, probes, cells
        self.filtered = filtered
        self.read: dict[LoadMode, bytes] = {}

    def answer(self, request: dict[str, Any], write: Write, keep: Write) -> None:
        """Answer a request with messages to ``write``. An exception of the student's code becomes a message too.

        A request to load passes the compiled cells to ``keep`` before any of the student's code is run.
        """

        def send(kind: str, body: Any) -> None:
            write((safe_values.encoded({"id": request["id"], kind: body}) + "\n").encode("ascii"))

        try:
            if request["probe"] is None:
                self._load(request, send, keep)
            else:
                self._run_probe(request, send)
        except BaseException as error:
            send("raised", describe(error))

    def _load(self, request: dict[str, Any], send: Send, keep: Write) -> None:
        mode, skip = request["mode"], _places(request["skip"])

        def announce(cell: int, statement: int, first_line: str) -> None:
            send("loading", [cell, statement, first_line])

        statements = compile_cells.read(self._cells, self._provided.manifest, mode, skip, announce)
        keep(compile_cells.dumped(statements))
        found = Loader(self._provided, mode, skip).load(statements, announce)
        problems, slow = ([list(row) for row in rows] for rows in (found.problems, found.slow))
        send("loaded", [found.methods, found.set_aside, problems, slow, found.look_alikes])

    def _run_probe(self, request: dict[str, Any], send: Send) -> None:
        """Run the probe on each of its cases and send each measurement, then that the probe is done.

        The submission is loaded anew for each case, so that none meets what another one left in its names and classes.
        After ``SHARED_SECONDS`` no further case is begun.
        """
        deadline = monotonic() + SHARED_SECONDS
        mode, skip = request["mode"], _places(request["skip"])
        lent, statements = lent_methods(self._provided.manifest, request.get("lent", {})), self._statements(mode, skip)
        for inputs in request["cases"]:
            loader = Loader(self._provided, mode, skip)
            loader.load_again(statements)
            for measured in self._measurements(request["probe"], loader.engine(lent), inputs):
                send("values", {name: safe_values.scalar(value) for name, value in measured.items()})
            if monotonic() > deadline:
                break
        send("done", True)

    def _statements(self, mode: LoadMode, skip: frozenset[Place]) -> list[Statement]:
        if mode in self.read:
            return compile_cells.restored(self.read[mode])
        return compile_cells.read(self._cells, self._provided.manifest, mode, skip, _say_nothing)

    def knows(self, probe: str | None) -> bool:
        """Tell whether there is a probe of this name. None is accepted too: it asks only to load the submission."""
        return probe is None or probe in self._probes.ONCE or probe in self._probes.STEPWISE

    def _measurements(self, name: str, engine: Engine, inputs: dict[str, Any]) -> Iterator[Measured]:
        if name in self._probes.STEPWISE:
            yield from self._probes.STEPWISE[name](engine, inputs)
        else:
            yield self._probes.ONCE[name](getattr(engine, self._provided.manifest.grafted_on), inputs)


def warm_up(provided: Provided, text: str) -> None:
    """Load the ``text`` of the provided definitions as if it were a submission, to fill the caches for all children.

    A fault in the definitions is the author's, and is raised.
    """
    loader = Loader(provided, "grafted", frozenset())
    statements = compile_cells.read([text], provided.manifest, "grafted", frozenset(), _say_nothing)
    loader.load_again(compile_cells.restored(compile_cells.dumped(statements)))
    loader.engine({})


def _say_nothing(*row: object) -> None:
    """Do nothing, in place of a function that announces the next statement."""


def _places(rows: Sequence[Sequence[int]]) -> frozenset[Place]:
    return frozenset((cell, statement) for cell, statement in rows)
