"""The loading of a submission: its definitions are run statement by statement, and the methods found among them.

It happens in the student's own process only. All that it uses of other modules was imported before the student's code
could patch it.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from time import monotonic, process_time
from types import CodeType, FunctionType
from typing import Any

from autograder.vocabulary import LoadMode, MethodState
from autograder.wire.cells import look_alike
from autograder.wire.messages import MAX_PROBLEMS
from autograder.worker.compile_cells import QUOTE, Announce, Place, Statement
from autograder.worker.graft import (
    Engine,
    Methods,
    Provided,
    as_submitted,
    attributes_of,
    grafted,
    leaves_out_methods,
    lineage,
)
from autograder.worker.safe_values import CELL_FILE, exception_row

if sys.platform != "win32":
    from resource import RUSAGE_SELF, getrusage
    from signal import ITIMER_PROF, ITIMER_REAL, SIG_DFL, SIGALRM, SIGPROF, setitimer, signal

DEFINITION_SECONDS = 1.0
"""Time limit for an import, a function or a class, in seconds; honest ones take less than a tenth of it."""
ASSIGNMENTS_SECONDS = 2.0
"""Time limit for all other statements together, in seconds; well below the driver's deadline for loading."""
STARVED = 3
"""Factor by which a time limit is extended for a statement that waits for the processor.

That is one which neither slept nor got half of its seconds, because other programs had the processor.
"""
LEAST_SECONDS = 0.05
"""Time limit for one of the other statements if those before it have used up ``ASSIGNMENTS_SECONDS``."""
COMFORT_SECONDS = 0.5
"""Maximum time that loading for a probe may take, in seconds.

Every probe loads the definitions again. The slowest statements are left out until the rest takes no longer than this.
"""
MESSAGE_SECONDS = 0.2
"""Time limit for an exception to give its message, in seconds."""


class TookTooLong(BaseException):
    """Exception for a statement that used up its time.

    It is not an ``Exception``, so that a student's ``except Exception`` does not catch it.
    """


@dataclass
class Definitions:
    """Result of loading a submission: its namespace, and the facts that are reported to the driver.

    ``problems`` pairs a sentence with True if it is about a statement that took too long.
    """

    namespace: dict[str, Any]
    methods: dict[str, MethodState] = field(default_factory=dict)
    set_aside: bool = False
    problems: list[tuple[str, bool]] = field(default_factory=list)
    slow: list[Place] = field(default_factory=list)
    look_alikes: dict[str, str] = field(default_factory=dict)


@contextmanager
def time_slice(seconds: float) -> Iterator[None]:
    """Interrupt a block that takes longer than ``seconds``: ``TookTooLong`` is raised in it.

    If the block cannot be interrupted, the process is ended once it has used a little more than twice that much
    processor time. On a busy machine a block that merely waits for the processor gets ``STARVED`` times as long.
    """
    if sys.platform == "win32":  # there only the deadline of the process that asks ends a statement
        yield
        return
    armed, started, used, waits = True, monotonic(), process_time(), _times_waited()

    def interrupt(number: int, frame: Any) -> None:
        starved = process_time() - used < seconds / 2 and _times_waited() == waits
        if armed and not (starved and monotonic() - started < STARVED * seconds):
            raise TookTooLong

    signal(SIGALRM, interrupt)
    signal(SIGPROF, SIG_DFL)
    setitimer(ITIMER_PROF, 2 * seconds + 0.5)
    setitimer(ITIMER_REAL, seconds, 0.1)  # again and again: a bare `except` of the student's may swallow the first
    try:
        yield
    finally:
        armed = False
        setitimer(ITIMER_REAL, 0)
        setitimer(ITIMER_PROF, 0)


def _times_waited() -> int:
    """Return how often this process gave up the processor by itself, as it does to sleep or to read."""
    return getrusage(RUSAGE_SELF).ru_nvcsw


def describe(error: BaseException) -> list[Any]:
    """Return the ``exception_row`` of ``error``, even if its message takes too long."""
    try:
        with time_slice(MESSAGE_SECONDS):
            return exception_row(error)
    except TookTooLong:
        return ["Exception", "(its message took too long)", 0, 0]


class Loader:
    """Loader of one submission: it runs the statements in a namespace that holds the ``provided`` definitions.

    ``skip`` holds the places of statements to leave out.
    """

    def __init__(self, provided: Provided, mode: LoadMode, skip: frozenset[Place]) -> None:
        notebook = provided.notebook()
        sys.modules["__main__"] = notebook  # where dataclasses and pickle look up a class of the notebook
        self._namespace = vars(notebook)
        self._manifest = provided.manifest
        self._pristine = self._namespace[self._manifest.grafted_on]
        self._provided, self._mode, self._skip = provided, mode, skip
        self._stubs: set[tuple[str, str, int]] = set()
        self._seconds_left = ASSIGNMENTS_SECONDS
        self._durations: dict[Place, float] = {}
        self._found = Definitions(self._namespace)
        self._answer: Any = None

    def load(self, statements: Sequence[Statement], announce: Announce) -> Definitions:
        """Run the chosen statements, each with a time limit, and return what was found.

        ``announce`` is called before each statement. An exception in one statement does not stop the next one.
        """
        for statement, code in self._wanted(statements):
            announce(*statement.place, statement.first_line.strip()[:QUOTE])
            self._run_in_time(statement, code)
        self._put_back_answer()
        self._found.set_aside |= leaves_out_methods(self._provided, self._namespace, self._pristine)
        methods = self._manifest.methods
        self._found.methods = {question: self._find(name)[0] for question, name in methods.items()}
        self._found.look_alikes = dict(self._look_alikes())
        self._found.problems = list(dict.fromkeys(self._found.problems))[:MAX_PROBLEMS]
        self._choose_slow()
        return self._found

    def load_again(self, statements: Sequence[Statement]) -> None:
        """Run the chosen statements for a probe, without time limits or a result.

        The slow statements are in ``skip`` by now.
        """
        for _, code in self._wanted(statements):
            with suppress(BaseException):
                exec(code, self._namespace)
        self._put_back_answer()

    def _wanted(self, statements: Sequence[Statement]) -> Iterator[tuple[Statement, CodeType]]:
        """Yield the statements to run with their code. Each is chosen only after those before it were run."""
        for statement in statements:
            self._found.set_aside |= statement.sets_aside
            self._stubs |= {(name, CELL_FILE.format(statement.place[0]), line) for name, line in statement.stubs}
            if statement.place in self._skip:
                continue
            if statement.problem:
                self._problem(statement, statement.problem)
            elif statement.code and (real := self._real(statement.blank)):
                self._problem(statement, "is blank and comes after your own version, which was used")
                self._namespace[statement.blank] = real  # the line below the blank attaches it again
            elif statement.code:
                if statement.remark:
                    self._problem(statement, statement.remark)
                if statement.redefines and self._written():
                    self._answer = self._answer or self._namespace[self._manifest.grafted_on]
                yield statement, statement.code

    def _run_in_time(self, statement: Statement, code: CodeType) -> None:
        seconds = DEFINITION_SECONDS if statement.is_definition else max(LEAST_SECONDS, self._seconds_left)
        started = process_time()
        try:
            with time_slice(seconds):
                exec(code, self._namespace)
        except TookTooLong:
            self._problem(statement, "took too long and was left out", timed_out=True)
            self._durations[statement.place] = float("inf")
        except BaseException as error:
            # Grafting does not run loops and calls. An assignment that needs one fails without a fault of the student.
            if statement.is_definition or self._mode == "as_submitted":
                name, message, *_ = describe(error)
                self._problem(statement, f"raised {name}: {message}")
        spent = process_time() - started
        self._durations.setdefault(statement.place, spent)
        self._seconds_left -= 0 if statement.is_definition else spent

    def _problem(self, statement: Statement, what: str, *, timed_out: bool = False) -> None:
        self._found.problems.append((f"`{statement.first_line.strip()[:QUOTE]}` {what}.", timed_out))

    def _choose_slow(self) -> None:
        by_duration = sorted(self._durations.items(), key=lambda item: item[1])
        total = 0.0
        for statement, seconds in by_duration:
            total += seconds
            if total > COMFORT_SECONDS:
                self._found.slow.append(statement)

    # --- methods --------------------------------------------------------------------------------------------------

    def _real(self, name: str) -> Any:
        """Return the student's method of this name if a question asks for it and it is not blank, else None."""
        state, function = self._find(name) if name in self._manifest.methods.values() else ("missing", None)
        return function if state == "ready" else None

    def _written(self) -> set[str]:
        """Return the names of the methods that questions ask for and that the class has by now, not blank."""
        owner = self._namespace.get(self._manifest.grafted_on)
        found = {name: self._first_real(self._attached(owner, name)) for name in self._manifest.methods.values()}
        return {name for name, function in found.items() if function is not None}

    def _put_back_answer(self) -> None:
        """Make the name of the class mean the student's first answer again if a later class answers no more.

        The later class is an experiment then, or a second answer. It still counts if grading as submitted earns more.
        """
        if self._answer is None or self._mode == "as_submitted":
            return
        name, after = self._manifest.grafted_on, self._written()
        last, self._namespace[name] = self._namespace.get(name), self._answer
        if not after <= self._written():
            self._namespace[name] = last

    def _is_stub(self, function: FunctionType) -> bool:
        code = function.__code__
        return (code.co_name, code.co_filename, code.co_firstlineno) in self._stubs

    def _find(self, name: str) -> tuple[MethodState, Any]:
        """Return the state of a method and its function.

        It is looked for in the class and the classes that it inherits from, then among the functions of that name.
        """
        attached = self._attached(self._namespace.get(self._manifest.grafted_on), name)
        candidates = [one for one in (*attached, self._namespace.get(name)) if one is not None]
        functions = [one for one in candidates if type(one) is FunctionType]
        if real := self._first_real(candidates):
            return "ready", real
        if functions:
            return "stub", functions[0]
        return ("not_a_function" if candidates else "missing"), None

    def _attached(self, owner: object, name: str) -> list[Any]:
        return [attributes_of(kind).get(name) for kind in lineage(owner)]

    def _first_real(self, candidates: Sequence[Any]) -> FunctionType | None:
        functions = (one for one in candidates if type(one) is FunctionType)
        return next((one for one in functions if not self._is_stub(one)), None)

    def _look_alikes(self) -> Iterator[tuple[str, str]]:
        """Yield each question without a method for which there is a function with almost the right name."""
        owner = self._namespace.get(self._manifest.grafted_on)
        scopes = [*map(attributes_of, lineage(owner)), self._namespace]
        named = [item for scope in scopes for item in [*scope.items()]]
        written = [name for name, it in named if type(name) is str and type(it) is FunctionType]
        for question, name in self._manifest.methods.items():
            if self._found.methods[question] == "missing" and (other := look_alike(name, written)):
                yield question, other

    def engine(self, lent: Methods) -> Engine:
        """Return the engine that probes run on: pristine classes with the student's methods, or the student's own.

        Methods that are ``lent`` replace the student's of the same name.
        """
        if self._mode == "as_submitted":
            return as_submitted(self._provided, self._namespace, self._pristine, lent)
        functions = {name: self._find(name)[1] for name in self._manifest.methods.values()}
        return grafted(self._provided, self._namespace, self._pristine, {**functions, **lent})
