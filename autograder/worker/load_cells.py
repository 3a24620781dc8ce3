"""Runs a submission's definitions statement by statement, and finds the methods that were asked for among them.

Runs in the student's own process only; what it uses of other modules it took before the student's code could patch it.
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
"""For an import, a function or a class: none takes a tenth of it."""
ASSIGNMENTS_SECONDS = 2.0
"""For all other statements together: well below the driver's deadline for loading."""
STARVED = 3
"""Times its seconds that a statement may last that neither slept nor had half of them: others had the processor."""
LEAST_SECONDS = 0.05
"""For a single one of them, when those before it used the time up."""
COMFORT_SECONDS = 0.5
"""Every probe loads the definitions again; the slowest statements are left out until the rest takes no longer."""
MESSAGE_SECONDS = 0.2
"""For an exception to say what it has to say."""


class TookTooLong(BaseException):
    """A statement used up its time; not an ``Exception``, so that a student's ``except Exception`` does not stop it."""


@dataclass
class Definitions:
    """What loading made of a submission: its namespace, and what the driver is told of it.

    ``problems`` pairs a sentence with whether it is about time.
    """

    namespace: dict[str, Any]
    methods: dict[str, MethodState] = field(default_factory=dict)
    set_aside: bool = False
    problems: list[tuple[str, bool]] = field(default_factory=list)
    slow: list[Place] = field(default_factory=list)
    look_alikes: dict[str, str] = field(default_factory=dict)


@contextmanager
def time_slice(seconds: float) -> Iterator[None]:
    """Interrupt what takes longer; end the process if it holds the interpreter for more than twice as long.

    A busy machine is no fault of the student's: what was merely not given the processor is waited for.
    """
    if sys.platform == "win32":  # only the driver's deadline ends a statement there
        yield
        return
    armed, started, used, slept = True, monotonic(), process_time(), getrusage(RUSAGE_SELF).ru_nvcsw

    def interrupt(number: int, frame: Any) -> None:
        starved = process_time() - used < seconds / 2 and getrusage(RUSAGE_SELF).ru_nvcsw == slept
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


def describe(error: BaseException) -> list[Any]:
    """``exception_row`` of ``error``, for exceptions whose message may never come."""
    try:
        with time_slice(MESSAGE_SECONDS):
            return exception_row(error)
    except TookTooLong:
        return ["Exception", "(its message took too long)", 0, 0]


class Loader:
    """Runs a submission's statements in one namespace, on top of the ``provided`` definitions.

    ``skip`` are the places of those to leave out.
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
        """Run what is wanted of all statements, each for so long at most, and say what came of it.

        ``announce`` is told of every statement before it is run. Nothing that one raises stops the next one.
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
        """The same for a probe, which need not know what came of it; what took long then is among those to skip."""
        for _, code in self._wanted(statements):
            with suppress(BaseException):
                exec(code, self._namespace)
        self._put_back_answer()

    def _wanted(self, statements: Sequence[Statement]) -> Iterator[tuple[Statement, CodeType]]:
        """The statements to run, each chosen when those before it were run."""
        for statement in statements:
            self._found.set_aside |= statement.sets_aside
            self._stubs |= {(name, CELL_FILE.format(statement.place[0]), line) for name, line in statement.stubs}
            if statement.place in self._skip:
                continue
            if statement.problem:
                self._problem(statement, statement.problem)
            elif statement.code and (real := self._real(statement.blank)):
                self._problem(statement, "is blank and comes after your own version, which was used")
                self._namespace[statement.blank] = real  # which the line below the blank attaches again
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
            # Loops and calls are not run, so an assignment that builds on them fails through no fault of the student's.
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
        """The method of this name if it is one that a question asks for, and was written by now."""
        state, function = self._find(name) if name in self._manifest.methods.values() else ("missing", None)
        return function if state == "ready" else None

    def _written(self) -> set[str]:
        """The methods that were asked for and that the class has, as they are now."""
        owner = self._namespace.get(self._manifest.grafted_on)
        found = {name: self._first_real(self._attached(owner, name)) for name in self._manifest.methods.values()}
        return {name for name, function in found.items() if function is not None}

    def _put_back_answer(self) -> None:
        """Undo what a class that came after the answers, and answers no more than they do, did to its name.

        It is an experiment then, or a second answer: that one is graded as it was submitted, if it earns more.
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
        """State and function of a method: attached to its class or inherited, else a function of that name."""
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
        """For each question without a method, a function that is almost called as it asks."""
        owner = self._namespace.get(self._manifest.grafted_on)
        scopes = [*map(attributes_of, lineage(owner)), self._namespace]
        named = [item for scope in scopes for item in [*scope.items()]]
        written = [name for name, it in named if type(name) is str and type(it) is FunctionType]
        for question, name in self._manifest.methods.items():
            if self._found.methods[question] == "missing" and (other := look_alike(name, written)):
                yield question, other

    def engine(self, lent: Methods) -> Engine:
        """The classes that probes run on: pristine ones with the student's methods, or the student's own class.

        Methods that are ``lent`` take the place of the student's of the same name.
        """
        if self._mode == "as_submitted":
            return as_submitted(self._provided, self._namespace, self._pristine, lent)
        functions = {name: self._find(name)[1] for name in self._manifest.methods.values()}
        return grafted(self._provided, self._namespace, self._pristine, {**functions, **lent})
