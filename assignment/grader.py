"""The public checks of the notebook "Automatic differentiation from scratch".

In the notebook, run ``grader.check("mul")``, or ``grader.check()`` for all questions; in a terminal, ``pytest`` or
``python grader.py``. Everything runs in your own Python, on what you have defined, and nothing is sent anywhere. The
hidden checks run when you submit.
"""

from __future__ import annotations

import ast
import bisect
import gc
import html
import itertools
import json
import linecache
import math
import operator
import os
import random
import re
import sys
import traceback
import unicodedata
import warnings
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from decimal import Decimal
from fractions import Fraction
from functools import lru_cache
from itertools import combinations
from numbers import Real
from pathlib import Path
from types import CodeType, FunctionType, SimpleNamespace
from typing import Any, NamedTuple


def check(question: str = "") -> Result | FinishLine | Help:
    """Run the public checks of a question on what the notebook has defined so far.

    Without a question, run those of all questions, and tell what is left to do before the notebook can be submitted.
    """
    namespace = vars(sys.modules["__main__"])
    if not question:
        return finish_line(namespace, [check_in(namespace, name) for name in QUESTIONS])
    if question not in QUESTIONS:
        return Help(question)
    result = check_in(namespace, question)
    return replace(result, notes=[*(f"– {told}" for told in _saved().notes), *result.notes])


def main(questions: list[str]) -> None:
    """Run the public checks of these questions on the saved notebook, or of all but the training, and print them."""
    os.chdir(NOTEBOOK.parent)
    namespace = load_notebook()
    known = [name for name in questions or QUESTIONS if name in QUESTIONS and (questions or name != "training")]
    results = [check_in(namespace, name) for name in known]
    for told in [*results, *(Help(name) for name in questions if name not in QUESTIONS)]:
        print(told, end="\n\n")
    if not questions:
        print(finish_line(namespace, results))
        print("\nThe training check takes about ten seconds: python grader.py training")


# Generated: to change a check, change the rubric and build again.


# --- The overview of all questions, with a verdict on whether the notebook can be submitted -----------------------


NOTHING_RUN = "Nothing has been run in this session: run all cells from the top, then this one again."


@dataclass(frozen=True)
class FinishLine:
    """The points of each question so far, what is left to do before submitting, and how to submit.

    ``missing`` must be done first; ``mistakes`` are the questions in which something is wrong. ``file`` is the name of
    the notebook on disk, or empty if it cannot be seen from here.
    """

    results: list[Result]
    missing: list[str]
    mistakes: list[str]
    file: str

    def rows(self) -> list[tuple[str, str, str, str]]:
        """Return a row for each question: name, points so far, points of its public checks, points of all checks."""
        earned = {result.question: points_of(result.outcomes)[0] for result in self.results}
        public = {name: sum(row["points"] for row in CHECKS if row["question"] == name) for name in QUESTIONS}
        rows = [(name, str(earned.get(name, "–")), str(public[name]), str(TOTALS[name])) for name in QUESTIONS]
        sums = (sum(points.values()) for points in (earned, public, TOTALS))
        return [*rows, ("together", *map(str, sums))]

    def verdict(self) -> str:
        """Tell if the notebook is ready to submit, or ready with mistakes, or not ready."""
        if self.missing:
            return "Not ready to submit."
        if self.mistakes:
            return f"Ready to submit, with mistakes in {_listed(self.mistakes)}."
        return "Ready to submit."

    def advice(self) -> list[str]:
        """List what to do next."""
        if self.missing:
            return self.missing
        return [
            *(["What fails above would cost points. Mend it first, if there is time."] if self.mistakes else []),
            "Restart the kernel and run all cells, so that nothing rests on a cell that is gone; save the notebook.",
            f"Then submit {self.file}, and no other file."
            if self.file
            else "The saved notebook cannot be seen from here: see for yourself that both explanations are written. "
            "Then download it (in Colab: File > Download > Download .ipynb) and submit that one file.",
        ]

    def __repr__(self) -> str:
        lines = [
            f"{name:14}{so_far:>14}{public:>14}{total:>14}" for name, so_far, public, total in (_HEADS, *self.rows())
        ]
        return printable("\n".join([*lines, _HIDDEN, "", self.verdict(), *(f"– {line}" for line in self.advice())]))

    def _repr_html_(self) -> str:
        head = "".join(f'<th scope="col">{name}</th>' for name in _HEADS)
        body = "".join(
            f'<tr><th scope="row">{name}</th>' + "".join(f"<td>{number}</td>" for number in numbers) + "</tr>"
            for name, *numbers in self.rows()
        )
        items = "".join(f"<li>{html.escape(line)}</li>" for line in self.advice())
        table = f"<table><thead><tr>{head}</tr></thead><tbody>{body}</tbody></table><p>{_HIDDEN}</p>"
        return f"<div>{table}<p><strong>{html.escape(self.verdict())}</strong></p><ul>{items}</ul></div>"


_HEADS = ("question", "points so far", "public points", "all points")
_HIDDEN = "Public points are those of the checks that run here. The hidden checks run when you submit."


def finish_line(namespace: Mapping[str, Any], results: list[Result]) -> FinishLine:
    """Return the overview of a notebook whose checks had these ``results``."""
    if "Value" not in namespace:
        return FinishLine([], [NOTHING_RUN], [], "")
    file = _notebook_file()
    name = file.name if file.is_file() else ""
    blank = [*_blank_answers(namespace, results), *(_blank_texts() if name else ())]
    missing = [f"Still blank: {_listed(blank)}."] if blank else []
    if differing := _not_as_saved(namespace) if name else []:
        missing.append(
            f"{name} on disk is older than what you ran last: {_listed(differing)} differs. Save the notebook (Ctrl+S, "
            "on a Mac Command+S). If it was saved already, run the changed cell once more."
        )
    return FinishLine(results, missing, _mistakes(namespace, results), name)


def _listed(names: Iterable[str]) -> str:
    *others, last = names
    return f"{', '.join(others)} and {last}" if others else last


def _blank_answers(namespace: Mapping[str, Any], results: list[Result]) -> Iterator[str]:
    for result in results:
        blank = any(outcome.state == NOT_ATTEMPTED for outcome in result.outcomes)
        if result.question in METHODS and (blank or not_attached(result.question, namespace)):
            yield result.question
    letters, numbers = _typed(namespace)
    yield from (name for name in (*EVIDENCE, *CHOICES) if name not in {**letters, **numbers})


def _blank_texts() -> Iterator[str]:
    explained = _saved().explained
    for name, _ in TEXTS.values():
        if name not in explained:
            yield f"{name} (in the saved file)"


def _mistakes(namespace: Mapping[str, Any], results: list[Result]) -> list[str]:
    wrong = [
        result.question
        for result in results
        if any(outcome.state in (FAILED, NOT_REACHED) for outcome in result.outcomes)
    ]
    return [*wrong, *(name for name, told in _typed(namespace)[0].items() if len(told) > 1)]


# The cells that were run, beside those that are saved


def _not_as_saved(namespace: Mapping[str, Any]) -> list[str]:
    """Find names whose cell was last run in another form than the saved one: answers, and all that the methods use."""
    wanted = {*_used(namespace), *CHOICES, *EVIDENCE}
    saved = {source.strip() for source in _saved().code}
    differing: list[str] = []
    for source in reversed(_history(namespace)):
        bound = _bound(source) & wanted
        wanted -= bound
        if bound and source.strip() not in saved:
            differing += sorted(bound)
    return differing


# --- Gradients of the student's own functions beside central differences ------------------------------------------


def gradcheck(function: Any, *values: Any) -> GradCheck:
    """Compare the gradients by ``backward`` with central differences, at the point ``values`` (plain numbers).

    ``function`` takes as many Values as there are numbers, and returns one Value.

    Raises ``TypeError`` if it returns something else.
    """
    point = [float(getattr(value, "data", value)) for value in values]
    with _reflected_product(_needed(vars(sys.modules["__main__"]), "Value")) as value_class:

        def output(*numbers: float) -> tuple[Any, list[Any]]:
            leaves = [value_class(number) for number in numbers]
            result = function(*leaves)
            if not isinstance(result, value_class):
                raise TypeError(f"the function must return a Value; it returned {result!r}")
            return result, leaves

        try:
            result, leaves = output(*point)
            result.backward()
            rows = [_row(lambda *p: output(*p)[0].data, point, k, leaf.grad) for k, leaf in enumerate(leaves)]
        except NotImplementedError as blank:
            return GradCheck([], f"Not yet: {blank}")
    return GradCheck(rows)


CUBE_ROOT_OF_EPSILON = sys.float_info.epsilon ** (1 / 3)
"""Best step for numbers around 1: the errors by rounding and by the function's curvature are about equal then."""
SAME, KINK = 1e-5, 1e-2
"""Relative differences: up to ``SAME``, gradients agree; beyond ``KINK``, left and right slope make a kink."""


def _row(output: Any, point: list[float], k: int, gradient: float) -> dict[str, Any]:
    x = point[k]
    step = CUBE_ROOT_OF_EPSILON * max(1.0, abs(x))
    low, here, high = (output(*point[:k], moved, *point[k + 1 :]) for moved in (x - step, x, x + step))
    left, right = (here - low) / step, (high - here) / step
    slope = (high - low) / (2 * step)
    size = max(1.0, abs(left), abs(right), abs(gradient))
    kink = abs(right - left) > KINK * size
    agrees_there = min(left, right) - SAME * size <= gradient <= max(left, right) + SAME * size
    agrees_here = abs(gradient - slope) <= SAME * size
    verdict = "agree" if (agrees_there if kink else agrees_here) else "differ"
    note = f" (a kink: the slope is {left:.4g} to the left and {right:.4g} to the right)" if kink else ""
    return {"value": x, "backward": gradient, "difference": slope, "verdict": verdict + note}


@dataclass(frozen=True)
class GradCheck:
    """Gradients by ``backward`` beside central differences, for each value."""

    rows: list[dict[str, Any]]
    problem: str = ""

    def __bool__(self) -> bool:
        return bool(self.rows) and all(row["verdict"].startswith("agree") for row in self.rows)

    def _cells(self) -> list[list[str]]:
        numbers = ("value", "backward", "difference")
        return [[*(f"{row[name]:.8g}" for name in numbers), row["verdict"]] for row in self.rows]

    def __repr__(self) -> str:
        lines = [f"at {at}: by backward {a}, by central difference {b}: {says}" for at, a, b, says in self._cells()]
        return "\n".join([*lines, self.problem]).strip()

    def _repr_html_(self) -> str:
        if self.problem:
            return f"<p>{html.escape(self.problem)}</p>"
        heads = ("value", "by backward", "by central difference", "they")
        head = "".join(f'<th scope="col">{name}</th>' for name in heads)
        body = "".join("<tr>" + "".join(f"<td>{html.escape(c)}</td>" for c in row) + "</tr>" for row in self._cells())
        return f"<table><thead><tr>{head}</tr></thead><tbody>{body}</tbody></table>"


# --- The history of the notebook: the cells that were run, and the names that the methods use ---------------------


def _history(namespace: Mapping[str, Any]) -> list[str]:
    """Return the cells that were run, in that order; IPython keeps them in ``In``."""
    ran = namespace.get("In")
    return ran if isinstance(ran, list) else []


def _last_run(namespace: Mapping[str, Any], name: str) -> int:
    """Return the place in the history of the last cell that bound ``name``; -1 if none did."""
    return max((place for place, source in enumerate(_history(namespace)) if name in _bound(source)), default=-1)


def _unchanged_since(place: int, namespace: Mapping[str, Any]) -> bool:
    """Tell if no cell after that place in the history has bound or attached a method, or a name that one uses."""
    used = _used(namespace)
    return not any(_bound(source) & used for source in _history(namespace)[place + 1 :])


def _bound(source: str) -> set[str]:
    """Return the names that a cell binds, and those under which it attaches something to a class."""
    try:
        statements = ast.parse(source).body
    except (SyntaxError, ValueError):
        return set()
    names = {name for statement in statements for name in _names_in(statement, ast.Store)}
    attached = [part for statement in statements if attaches(statement, ()) for part in ast.walk(statement)]
    return names | {part.value for part in attached if isinstance(part, ast.Constant) and isinstance(part.value, str)}


def _used(namespace: Mapping[str, Any]) -> set[str]:
    """Return the names of the methods, and all names of the notebook that they use, directly or through others."""
    names = set(METHODS.values())
    todo = [getattr(namespace.get("Value"), name, None) for name in names]
    while todo:
        new = {name for name in _read_by(getattr(todo.pop(), "__code__", None)) if name in namespace} - names
        names |= new
        todo += [namespace[name] for name in new]
    return names


def _read_by(code: object) -> Iterator[str]:
    if isinstance(code, CodeType):
        yield from code.co_names
        for constant in code.co_consts:
            yield from _read_by(constant)


def _names_in(statement: ast.stmt, kind: type[ast.expr_context]) -> set[str]:
    """Return the names that a statement binds (``ast.Store``) or reads (``ast.Load``) when it runs.

    The body of a function is left out, as it runs only when the function is called.
    """
    names, parts = set(), [statement]
    while parts:
        part = parts.pop()
        inner = list(ast.iter_child_nodes(part))
        if isinstance(part, (ast.FunctionDef, ast.AsyncFunctionDef, ast.Lambda)):
            body = part.body if isinstance(part.body, list) else [part.body]  # a lambda has a single expression
            inner = [one for one in inner if one not in body]
        if isinstance(part, (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef)) and kind is ast.Store:
            names.add(part.name)
            inner = []
        if isinstance(part, ast.alias) and kind is ast.Store:
            names.add(part.asname or part.name.partition(".")[0])
        if isinstance(part, ast.Name) and isinstance(part.ctx, kind):
            names.add(part.id)
        parts += inner
    return names


# --- Loading of a saved notebook in a terminal: its definitions are run -------------------------------------------


def load_notebook(path: Path | None = None) -> dict[str, Any]:
    """Run the definitions in a saved notebook and return its names.

    Imports, functions, classes, ``setattr`` lines and assignments without a call are run one by one, so that a mistake
    in one does not stop the others. Training, plots and prints are not run. A statement that fails only because it
    needs them is not reported.
    """
    path = path or NOTEBOOK
    saved = _saved_in(path)
    namespace: dict[str, Any] = {"__name__": "notebook", "In": saved.code}
    answers = _Answers(namespace)
    attaching: set[str] = set()
    not_run: set[str] = set()
    for told in saved.notes:
        print(printable(told))
    for number, source in enumerate(saved.code, start=1):
        name = f"{path.name}, code cell {number}"
        linecache.cache[name] = (len(source), None, source.splitlines(keepends=True), name)
        statements, left_out = readable(source, name)
        for one in left_out:
            print(printable(f"{name}, {one}."))
        for statement in statements:
            if not _is_quick(statement, attaching):
                not_run |= _names_in(statement, ast.Store)
                continue
            answers.look_at(statement, name)
            try:
                exec(compile(ast.Module([statement], []), name, "exec", dont_inherit=True), namespace)
            except Exception as error:
                if told := _complaint(statement, error, not_run):
                    print(printable(f"{name}: {told}"))
                not_run |= _names_in(statement, ast.Store)
            else:
                not_run -= _names_in(statement, ast.Store)
            answers.put_back(statement)
    answers.put_back_class()
    return namespace


def _complaint(statement: ast.stmt, error: Exception, not_run: set[str]) -> str:
    """Return the message about a statement that raised an exception.

    ``not_run`` are the names that would be bound by statements that were not run, or that raised an exception. A
    statement that needs one of these has no message, unless it attaches something.
    """
    needs = (_names_in(statement, ast.Load) | {getattr(error, "name", "")}) & not_run
    if not needs:
        return str(Stop.of(error))
    if attaches(statement, ()):
        return f"line {statement.lineno} attaches {', '.join(sorted(needs))}, which only a call in the notebook makes."
    return ""


class _Answers:
    """Keeper of the answers: a later blank or experiment in the notebook does not replace them, as in the grader."""

    def __init__(self, namespace: dict[str, Any]) -> None:
        self._namespace = namespace
        self._blank: set[tuple[str, str, int]] = set()
        self._function: Any = None
        self._class: Any = None

    def look_at(self, statement: ast.stmt, file: str) -> None:
        """Note the answers that this statement may replace; it is run next."""
        stubs = [*stub_functions(statement)]
        self._blank |= {(name, file, line) for name, line in stubs}
        name = statement.name if stubs and isinstance(statement, ast.FunctionDef) else ""
        owner = self._namespace.get("Value")
        found = [getattr(owner, name, None), self._namespace.get(name)] if name in METHODS.values() else []
        self._function = next((one for one in found if self._is_real(one)), None)
        if redefines(statement, "Value") and self._written(owner):
            self._class = self._class or owner

    def put_back(self, statement: ast.stmt) -> None:
        """Put an answer back that a blank function has just replaced."""
        if self._function is not None and isinstance(statement, ast.FunctionDef):
            self._namespace[statement.name] = self._function

    def put_back_class(self) -> None:
        """Put the class with the answers back if the class that replaced it earns no more points."""
        if self._class is not None:
            last, after = self._namespace.get("Value"), self._points()
            self._namespace["Value"] = self._class
            if after > self._points():
                self._namespace["Value"] = last

    def _points(self) -> int:
        checked = [check_in(self._namespace, question) for question in METHODS]
        return sum(points_of(result.outcomes)[0] for result in checked)

    def _written(self, owner: Any) -> set[str]:
        return {name for name in METHODS.values() if self._is_real(getattr(owner, name, None))}

    def _is_real(self, function: Any) -> bool:
        if not isinstance(function, FunctionType):
            return False
        code = function.__code__
        return (code.co_name, code.co_filename, code.co_firstlineno) not in self._blank


def _is_quick(statement: ast.stmt, attaching: set[str]) -> bool:
    """Tell if a statement defines or attaches something, or assigns without a call.

    Statements with other calls are left out, since they may train for minutes. Functions that attach something are
    added to ``attaching``.
    """
    if attaches(statement, attaching):
        if isinstance(statement, ast.FunctionDef):
            attaching.add(statement.name)
        return True
    calls = any(isinstance(part, ast.Call) for part in ast.walk(statement))
    return is_definition(statement, HARMLESS) or (isinstance(statement, (ast.Assign, ast.AnnAssign)) and not calls)


# --- The measurements of a check on the names of the notebook -----------------------------------------------------


Measured = dict[str, Any]


def _measured(row: Mapping[str, Any], inputs: Mapping[str, Any], namespace: Mapping[str, Any]) -> Measured:
    if row["reads"]:
        return _written(row["reads"], namespace)
    if row["probe"] == "gradient_descent":
        losses = _trained(inputs, namespace)
        measured = {"first loss": losses[0], "last loss": losses[-1]}
    else:
        if not_attached(row["question"], namespace):
            raise AttributeError(f"Value has no {METHODS[row['question']]}")
        with _reflected_product(_needed(namespace, "Value")) as value_class:
            measured = PROBES[row["probe"]](value_class, inputs)
    return {name: _plain(value) for name, value in measured.items()}


@contextmanager
def _reflected_product(value_class: Any) -> Iterator[Any]:
    """Give the class ``__rmul__`` for a while if it has none yet.

    One check needs it, but the notebook defines it only after the questions.
    """
    lent = not hasattr(value_class, "__rmul__")
    if lent:
        value_class.__rmul__ = lambda self, other: self * other
    try:
        yield value_class
    finally:
        if lent:
            del value_class.__rmul__


SURE = 2
"""Number of equal losses after which two trainings count as the same: the second depends on all gradients."""


_trained_here: list[tuple[list[float], int]] = []
"""Losses of the last training that a check ran to its end, with the place of the last cell that had been run then."""


def _trained(inputs: Mapping[str, Any], namespace: Mapping[str, Any]) -> list[Any]:
    """Return the loss of every epoch.

    If the first ``SURE`` losses are those of an earlier training of the same code, its other losses are taken over. The
    earlier training is the notebook's own, or the last one of a check.
    """
    recorded = (namespace.get("train_losses"), _last_run(namespace, "train_losses"))
    earlier = [
        known
        for known, place in (recorded, *_trained_here)
        if _whole(known, inputs["epochs"]) and place >= 0 and _unchanged_since(place, namespace)
    ]
    losses: list[Any] = []
    for loss in _losses(inputs, namespace):
        losses.append(loss)
        again = [known for known in earlier if all(map(_same, losses, known))]
        if len(losses) == SURE and again:
            print(f"The first {SURE} losses are those of the last training, so its other losses are taken over.")
            return again[0]
    _trained_here[:] = [(losses, len(_history(namespace)) - 1)]
    return losses


def _whole(losses: Any, epochs: int) -> bool:
    return isinstance(losses, list) and len(losses) == epochs and all(type(loss) is float for loss in losses)


def _same(loss: Any, recorded: float) -> bool:
    return type(loss) is float and math.isclose(loss, recorded)


def _losses(inputs: Mapping[str, Any], namespace: Mapping[str, Any]) -> Iterator[Any]:
    """Train on the houses of the notebook; print and yield the loss of every epoch."""
    (x, y), _ = _needed(namespace, "load_data")()
    part = slice(inputs["first"], inputs["first"] + inputs["count"])
    network = {name: _needed(namespace, name) for name in ("Layer", "Network")}
    engine = SimpleNamespace(**network, backward=_needed(namespace, "Value").backward)
    training = PROBES["gradient_descent"](engine, {**inputs, "x": x[part].tolist(), "y": y[part].tolist()})
    for epoch, measured in enumerate(training, start=1):
        print(f"epoch {epoch:2} of {inputs['epochs']}: {shown('training loss', _plain(measured['loss']))}", flush=True)
        yield measured["loss"]


def not_attached(question: str, namespace: Mapping[str, Any]) -> bool:
    """Tell if ``Value`` exists without the method that the question asks for."""
    return question in METHODS and "Value" in namespace and not hasattr(namespace["Value"], METHODS[question])


def _needed(namespace: Mapping[str, Any], name: str) -> Any:
    if name not in namespace:
        raise NameError(f"{name} is not defined yet: run the cells above first")
    return namespace[name]


def _plain(value: Any) -> Any:
    """Return a finite number as a plain Python number, and anything else as words for the message.

    An object of your own class is no number, even if the class inherits from one: nobody knows how it compares.
    """
    if type(value).__module__ == "numpy" and value.ndim == 0:
        value = value.item()
    if type(value) in (Fraction, Decimal) or (type(value).__module__ == "numpy" and isinstance(value, Real)):
        value = float(value)
    if value is None or isinstance(value, bool):
        return "None" if value is None else f"bool {value}"
    if type(value) not in (int, float):
        return f"an object of type {type(value).__name__}"
    return value if type(value) is int or math.isfinite(value) else str(value)


# --- The outcomes of checks, and how a notebook and a terminal show them ------------------------------------------


PASSED, FAILED, NOT_ATTEMPTED, NOT_REACHED = "passed", "failed", "not attempted", "not reached"
MARKS = {PASSED: "✓", FAILED: "✗", NOT_ATTEMPTED: "–", NOT_REACHED: "–"}


@dataclass(frozen=True)
class Stop:
    """An exception in words, and the student's own line where it arose."""

    kind: type
    words: str
    place: str

    @classmethod
    def of(cls, error: Exception) -> Stop:
        """Make a stop from an exception."""
        own = [frame for frame in traceback.extract_tb(error.__traceback__) if frame.filename != __file__]
        place = f"in {own[-1].name}, line {own[-1].lineno}: {own[-1].line}" if own else ""
        return cls(type(error), traceback.format_exception_only(type(error), error)[-1].strip(), place)

    def again(self, before: Stop | None) -> str:
        """Return a short sentence if this stop is the same as ``before``, which was told already; else nothing."""
        if before is None or before.kind is not self.kind:
            return ""
        if before.place == self.place != "":
            return "Stops at the same line as above."
        return "Stops with the same error as above." if before.words == self.words else ""

    def __str__(self) -> str:
        return f"{self.words} ({self.place})" if self.place else self.words


@dataclass(frozen=True)
class Outcome:
    """The outcome of a check, with a message and perhaps a hint for the student.

    ``stop`` is the exception that ended the check, if one did.
    """

    row: Mapping[str, Any]
    state: str
    message: str = ""
    hint: str = ""
    stop: Stop | None = None

    def headline(self) -> str:
        """Return one line with the check's sign, title, points and state."""
        points = "1 point" if self.row["points"] == 1 else f"{self.row['points']} points"
        return f"{MARKS[self.state]} {self.row['title']} ({points}): {self.state}"

    def lines(self) -> list[str]:
        """Return the lines of the message, and the hint if a mistake was recognised."""
        return [*self.message.splitlines(), *([f"Hint: {self.hint}"] if self.hint else [])]

    def __str__(self) -> str:
        return printable("\n    ".join([self.headline(), *self.lines()]))

    def _repr_html_(self) -> str:
        pairs = [line.partition(": ") if ": " in line else ("", "", line) for line in self.lines()]
        rows = "".join(f"<dt {_LABEL}>{html.escape(k)}</dt><dd {_TEXT}>{_marked_up(v)}</dd>" for k, _, v in pairs)
        weight = "bold" if self.state == FAILED else "normal"
        details = f"<dl {_DETAILS}>{rows}</dl>" if rows else ""
        return f'<span style="font-weight: {weight}">{html.escape(self.headline())}</span>{details}'


@dataclass(frozen=True)
class Result:
    """The public checks of one question; a notebook shows it as HTML, a terminal as text."""

    question: str
    outcomes: list[Outcome]
    notes: list[str]

    def summary(self) -> str:
        """Return a sentence with the points so far, which says that the hidden checks are not among them."""
        return summary(self.outcomes)

    def __repr__(self) -> str:
        lines = [f"Question {self.question}", *map(str, self.outcomes), *self.notes, self.summary()]
        return printable("\n".join(lines))

    def _repr_html_(self) -> str:
        entries = [outcome._repr_html_() for outcome in self.outcomes] + [html.escape(note) for note in self.notes]
        items = "".join(f"<li>{entry}</li>" for entry in entries)
        earned, total = points_of(self.outcomes)
        bar = f'<meter aria-label="points so far" min="0" max="{total}" value="{earned}" {_BAR}></meter>'
        title = f"<strong>Question {html.escape(self.question)}</strong> {bar} {earned} of {total} points"
        checks = f'<ul style="list-style: none; padding-left: 0">{items}</ul>'
        return f"<div><p>{title}</p>{checks}<p>{self.summary()}</p></div>"


def _marked_up(text: str) -> str:
    """Return ``text`` as HTML, with code in place of what stands between backticks."""
    return re.sub(r"`([^`]+)`", r"<code>\1</code>", html.escape(text))


_BAR = 'style="width: 10em; margin: 0 0.5em; vertical-align: middle"'
_DETAILS = (
    'style="display: grid; grid-template-columns: max-content 1fr; gap: 0.2em 1em; margin: 0.3em 0 0.8em 0.4em; '
    'padding-left: 0.8em; border-left: 3px solid currentColor"'
)
_LABEL = 'style="font-weight: bold; margin: 0; float: none; width: auto; white-space: nowrap"'  # JupyterLab floats it
_TEXT = 'style="margin: 0; float: none; width: auto; overflow-wrap: anywhere"'


@dataclass(frozen=True)
class Help:
    """The answer of ``check`` to an unknown question: a list of the questions."""

    asked: object

    def __repr__(self) -> str:
        problem = f"There is no question {self.asked!r}. " if self.asked else ""
        return f'{problem}Name a question, for example grader.check("mul"). They are: {", ".join(QUESTIONS)}.'


def points_of(outcomes: Iterable[Outcome]) -> tuple[int, int]:
    """Add up the points earned so far, and the points of these checks."""
    points = [(outcome.row["points"], outcome.state == PASSED) for outcome in outcomes]
    return sum(each for each, passed in points if passed), sum(each for each, _ in points)


def summary(outcomes: Iterable[Outcome]) -> str:
    """Return a sentence with the points so far, which says that the hidden checks are not among them."""
    earned, total = points_of(outcomes)
    return f"Public checks passed: {earned} of {total} points; the hidden ones run when you submit."


def printable(text: str) -> str:
    """Return ``text`` with signs that the console can show; some Windows consoles have no ✓."""
    encoding = getattr(sys.stdout, "encoding", None) or "utf-8"
    try:
        text.encode(encoding)
    except UnicodeEncodeError:
        text = text.replace("✓", "+").replace("✗", "x").replace("–", "-")
    return text.encode(encoding, "replace").decode(encoding)


# --- Recognition of known mistakes by what they compute -----------------------------------------------------------


def recognised(question: str, namespace: Mapping[str, Any]) -> str:
    """Return a hint about the mistake in a question's code; empty if there is nothing to say.

    It is the hint of the one known mistake that computes exactly what the code computes, or else tells where the
    mistake is.
    """
    if not_attached(question, namespace):
        return ATTACH.format(name=METHODS[question])
    cases = [(row, case) for row in CHECKS if row["question"] == question and row["probe"] for case in row["cases"]]
    known = [mistake for mistake in MISTAKES if mistake["question"] == question]
    if not known:
        return ""
    shown_by_code = [_shown_by(row, case["inputs"], namespace) for row, case in cases]
    hints = {one["hint"] for one in known if any(_explains(way, cases, shown_by_code) for way in one["ways"])}
    if hints or any("raised" in measured for measured in shown_by_code):
        return hints.pop() if len(hints) == 1 else ""
    pairs = zip(cases, shown_by_code, strict=True)
    return located([(case["inputs"], side_by_side(case["expected"], measured)) for (_, case), measured in pairs])


ATTACH = (
    'Run the cell that ends in `setattr(Value, "{name}", {name})`. If you ran the cell of `class Value` once more: it '
    "makes a new class, which has nothing yet of what is attached below it, so run the cells from there on again."
)


def not_run(question: str, namespace: Mapping[str, Any]) -> str:
    """Return a message if Python could not read the last cell that defines the method, so that it was not run.

    The message is empty if it could.
    """
    name, cells = METHODS.get(question, ""), namespace.get("In")
    written = [cell for cell in cells if f"def {name}(" in str(cell)] if name and isinstance(cells, list) else []
    try:
        ast.parse(written[-1] if written else "")
    except SyntaxError as error:
        where = f"line {error.lineno}, `{(error.text or '').strip()}`"
        return f"Python could not read the cell with `def {name}`, so nothing in it was run: {error.msg} ({where})."
    return ""


def _shown_by(row: Mapping[str, Any], inputs: Mapping[str, Any], namespace: Mapping[str, Any]) -> dict[str, Any]:
    """Return what a check measures.

    If an exception is raised, return its type, and the type of the object that Python's message is about.
    """
    try:
        return _measured(row, inputs, namespace)
    except Exception as error:
        return {"raised": type(error).__name__, "about": subject(str(error))}


def _explains(way: Mapping[Any, Any], cases: list[Any], shown_by_code: list[dict[str, Any]]) -> bool:
    """Tell if a known mistake, made in this ``way``, computes exactly what the code computes.

    A way has the wrong numbers by the number of the case. Under the name of an exception, it has the cases that it
    ends.
    """
    stops = {number: key.split("/") for key, numbers in way.items() if isinstance(key, str) for number in numbers}
    for number, ((_, case), measured) in enumerate(zip(cases, shown_by_code, strict=True)):
        if number in stops:
            raised, about = stops[number]
            if measured.get("raised") != raised or about not in ("", measured["about"]):
                return False
        elif "raised" in measured or mismatches(way.get(number, case["expected"]), measured):
            return False
    return True


# --- Running of a question's checks, each after those that it builds on -------------------------------------------


def check_in(namespace: Mapping[str, Any], question: str) -> Result:
    """Run the public checks of a question on the names in ``namespace``."""
    known: dict[str, Outcome] = {}
    outcomes = [run(row, namespace, known) for row in CHECKS if row["question"] == question]
    notes = _choice_notes(namespace) if question == "test_vs_train" else []
    return Result(question, outcomes, [*notes, *_method_notes(question, namespace)])


def run(row: Mapping[str, Any], namespace: Mapping[str, Any], known: dict[str, Outcome]) -> Outcome:
    """Run a check after the checks that it builds on, and return its outcome; ``known`` keeps all outcomes."""
    if row["id"] not in known:
        needed = [run(other, namespace, known) for other in CHECKS if other["id"] in row["requires"]]
        missing = [outcome for outcome in needed if outcome.state != PASSED]
        outcome = _not_reached(row, missing) if missing else _run(row, namespace)
        known[row["id"]] = _told_once(outcome, _of_question(row, known), namespace)
    return known[row["id"]]


def _told_once(outcome: Outcome, before: list[Outcome], namespace: Mapping[str, Any]) -> Outcome:
    """Add the hint to a question's first outcome of its kind; shorten what the outcomes ``before`` it told already."""
    question = outcome.row["question"]
    if outcome.state in (FAILED, NOT_ATTEMPTED) and not any(other.state == outcome.state for other in before):
        blank = outcome.state == NOT_ATTEMPTED or not_attached(question, namespace)
        unread = not_run(question, namespace) if blank else ""
        return replace(outcome, hint=unread or (recognised(question, namespace) if outcome.state == FAILED else ""))
    again = [outcome.stop.again(other.stop) for other in before] if outcome.stop else []
    return replace(outcome, message=next(filter(None, again), outcome.message))


def _of_question(row: Mapping[str, Any], known: Mapping[str, Outcome]) -> list[Outcome]:
    return [outcome for outcome in known.values() if outcome.row["question"] == row["question"]]


def _not_reached(row: Mapping[str, Any], missing: list[Outcome]) -> Outcome:
    if all(outcome.state == NOT_ATTEMPTED and outcome.row["question"] == row["question"] for outcome in missing):
        return Outcome(row, NOT_ATTEMPTED)
    first = missing[0]
    if first.row["question"] != row["question"]:
        waits_for = f"question {first.row['question']}"
    elif first.state == NOT_REACHED:
        return Outcome(row, NOT_REACHED, first.message)  # that check waits itself, and this one for the same
    else:
        waits_for = first.row["title"]
    return Outcome(row, NOT_REACHED, f"Runs once this passes: {waits_for}.")


def _run(row: Mapping[str, Any], namespace: Mapping[str, Any]) -> Outcome:
    for case in row["cases"]:
        ran = _description(row, case["inputs"])
        try:
            measured = _measured(row, case["inputs"], namespace)
        except NotImplementedError as error:
            return _blank(row, ran, error)
        except Exception as error:
            expected, _ = compared(case["expected"], {})
            stop = Stop.of(error)
            return Outcome(row, FAILED, four_lines(ran, expected, str(stop), row["why"]), stop=stop)
        if mismatches(case["expected"], measured):
            return Outcome(row, FAILED, four_lines(ran, *compared(case["expected"], measured), row["why"]))
    return Outcome(row, PASSED)


def _description(row: Mapping[str, Any], inputs: Mapping[str, Any]) -> str:
    return (PROBES[row["probe"]].__doc__ or "").format(**inputs) if row["probe"] else ""


def _blank(row: Mapping[str, Any], ran: str, error: NotImplementedError) -> Outcome:
    named = re.match(r"Question (\w+)", str(error))
    if named is None:
        return Outcome(row, FAILED, four_lines(ran, "", str(Stop.of(error)), row["why"]))
    if named.group(1) == row["question"]:
        return Outcome(row, NOT_ATTEMPTED, f"{error}." if row["reads"] else "")
    return Outcome(row, NOT_REACHED, f"Runs once the blank is filled in: {error}.")


def _method_notes(question: str, namespace: Mapping[str, Any]) -> Iterator[str]:
    """Yield notes on names: a function is called almost as asked, or another question's is attached."""
    name, owner = METHODS.get(question, ""), namespace.get("Value")
    attached = getattr(owner, name, None) if name else None
    if name and attached is None:
        named = {**getattr(owner, "__dict__", {}), **namespace}
        if other := look_alike(name, [other for other, it in named.items() if isinstance(it, FunctionType)]):
            yield f"– a function {other} was found; the question asks for {name}"
    own = getattr(attached, "__name__", name)
    if own != name and own in METHODS.values():
        yield f"– Value.{name} is your function {own}: is a name in its setattr line another question's?"


# --- The notebook as it was last saved ----------------------------------------------------------------------------


NOTEBOOK = Path(__file__).with_name("autodiff.ipynb")


@dataclass(frozen=True)
class _Saved:
    """The saved notebook: its code cells, and the texts that are written.

    ``slipped`` are answers whose cells were turned into cells of another kind by mistake; they are in ``code`` too, and
    ``notes`` tell the student. ``explained`` are the names of the texts that are written.
    """

    code: list[str]
    slipped: list[str]
    notes: list[str]
    explained: Collection[str] = ()


def _saved_in(path: Path) -> _Saved:
    raw = json.loads(path.read_text(encoding="utf-8"))["cells"]
    cells = [(cell["cell_type"], _joined(cell["source"]), cell["metadata"].get("tags", [])) for cell in raw]
    tags = out_of_kind(cells, KINDS)
    kinds = [KINDS[tags[place]] if place in tags else kind for place, (kind, _, _) in enumerate(cells)]
    code = {place: source for place, (_, source, _) in enumerate(cells) if kinds[place] == "code"}
    notes = [told_of_kind(tag, cells[place][0], KINDS) for place, tag in tags.items()]
    meant = [(kind, source, own) for kind, (_, source, own) in zip(kinds, cells, strict=True)]
    explained = read_explanations(meant, TEXTS, BLANK)
    return _Saved([*code.values()], [source for place, source in code.items() if place in tags], notes, explained)


def _joined(source: str | list[str]) -> str:
    return source if isinstance(source, str) else "".join(source)


def _notebook_file() -> Path:
    """Return the path of the open notebook, if VS Code or Jupyter tells it; else of the one beside this file."""
    for told in (vars(sys.modules["__main__"]).get("__vsc_ipynb_file__"), os.environ.get("JPY_SESSION_NAME")):
        if isinstance(told, str) and told.endswith(".ipynb") and Path(told).is_file():
            return Path(told)
    return NOTEBOOK


def _saved() -> _Saved:
    """Read the notebook as it was last saved; it is empty if there is no such file, as in Colab."""
    try:
        return _saved_in(_notebook_file())
    except (OSError, ValueError, LookupError, TypeError, AttributeError):
        return _Saved([], [], [])


# --- The answers that are typed in: the letters and numbers that the grader will read -----------------------------


def _written(names: Iterable[str], namespace: Mapping[str, Any]) -> dict[str, Any]:
    typed = _typed(namespace)[1]
    for name in names:
        if name not in typed:
            raise NotImplementedError(f"Question test_vs_train: {name} is still blank")
    return {name: typed[name] for name in names}


def _choice_notes(namespace: Mapping[str, Any]) -> Iterator[str]:
    typed = _typed(namespace)[0]
    for name in CHOICES:
        told = typed.get(name, "still blank")
        is_letter = len(told) == 1
        yield f"– {name} " + (f"= {told!r} is recorded; it is marked when you submit" if is_letter else f"is {told}")


def _typed(namespace: Mapping[str, Any]) -> tuple[dict[str, str], dict[str, float | str]]:
    """Return the letters and the numbers that the grader will read: the typed ones count, not the present values.

    In place of a letter or a number that cannot be read there is a text that tells why.
    """
    saved = _saved()
    return read_answers([*saved.slipped, *_ran(namespace, saved.code)], CHOICES, EVIDENCE)


def _ran(namespace: Mapping[str, Any], code: Sequence[str]) -> list[str]:
    """Return the cells that were run, in the order of the saved ``code``, without older versions of changed cells.

    IPython keeps all cells that were run in ``In``.
    """
    names = (*CHOICES, *EVIDENCE)
    if "In" not in namespace:
        return [f"{name} = {namespace[name]!r}" for name in names if namespace.get(name, ...) is not ...]
    saved = {source.strip(): place for place, source in enumerate(code)}
    kept: list[tuple[int, str]] = []
    later: set[str] = set()
    for source in reversed(list(namespace["In"])):
        own = bound_in(source, names)
        if source.strip() in saved or not own <= later or not own:
            kept.insert(0, (saved.get(source.strip(), len(saved) if own else -1), source))
        later |= own
    return [source for _, source in sorted(kept, key=lambda pair: pair[0])]


MAX_PIECES = 1000
"""Maximum number of pieces that a damaged cell is cut into; an honest cell has some dozens."""

MAX_CUT = 200_000
"""Maximum length of a damaged cell that is cut into pieces, in characters; no student writes a longer cell."""

MAX_CLASSES, MAX_IN_CLASS = 10, 100
"""Maximum number of damaged classes of a cell whose bodies are cut in the same way, and of pieces of each."""

MAX_LOOKED_AT = 4000
"""Number of characters of a cell in which ``beginning`` looks for its first line."""

_KEPT_MAGICS = ("time", "timeit", "capture", "prun", "memit", "debug")
"""Cell magics after which the rest of the cell is still Python."""
_INDENT = re.compile(r"\n*([ \t]+)\S")
_MAGIC = re.compile(r"(?P<indent>\s*)(?:[%!?]|\w[\w, ]*=\s*[%!]|[\w.%]+\?{1,2}\s*$)")
_RUNS = re.compile(
    r"(?P<before>\s*(?:\w[\w, ]*=\s*)?)%(?:time|timeit|prun|memit|debug)\s+"
    r"(?:-\S+\s+(?:\d+\s+)?)*(?P<statement>[^\s-].*)"
)
"""Pattern of a line magic that runs the rest of its line as a statement, with options in between."""
_MARK = re.compile(r"\\.|\"{3}|'{3}|[\"'#\n()\[\]{}]", re.DOTALL)
"""Pattern of the characters that decide whether a line begins inside a string or a bracket."""
_CLASS = re.compile(r"class\b[^#]*:[ \t]*(?:#.*)?$")
"""Pattern of the first line of a class whose body stands below it."""
_BEGINS = re.compile(r"(?!(?:else|elif|except|finally)\b)[^\s#)\]}]")
"""Pattern of the first character of a line at which a statement may begin."""


class LeftOut(NamedTuple):
    """Lines of a cell, from ``first`` to ``last``, that could not be parsed.

    ``line`` is the line where Python gives up, for this ``reason``. All three count from 1.
    """

    first: int
    last: int
    line: int
    reason: str

    def __str__(self) -> str:
        lines = f"lines {self.first} to {self.last} were" if self.first < self.last else "it was"
        return f"line {self.line} cannot be read: {self.reason}; {lines} left out"


class Readable(NamedTuple):
    """Statements of a cell, and the lines of it that could not be parsed.

    Of a class that could not be parsed, the statements of its body that could be are kept.
    """

    statements: list[ast.stmt]
    left_out: list[LeftOut]


class _Piece(NamedTuple):
    """Consecutive lines of a cell. ``first`` is the number of the first one, counted from 0."""

    first: int
    lines: Sequence[str]


def readable(source: str, file: str) -> Readable:
    """Return the statements of a cell without its magics and shell lines, and the lines that cannot be read.

    A line that cannot be read costs its own statement only. The work grows linearly with the length of the cell.
    """
    source = without_indent(source.replace("\0", ""))
    if source.lstrip().startswith("%%"):
        source = _without_cell_magics(source)
    try:
        body = ast.parse(source, file).body
    except Exception:  # the parser may raise almost anything
        # Magics are removed only now: a line of a long expression or of a string may well start with a percent sign.
        body, left_out = _statements(_without_magics(source).split("\n"), file)
        return Readable(_one_by_one(body), left_out)
    return Readable(_one_by_one(body), [])


def _statements(lines: Sequence[str], file: str) -> Readable:
    """Parse ``lines`` as a whole if that is possible, else piece by piece."""
    whole = _Piece(0, lines)
    if not isinstance(read := _read(whole, file), LeftOut):
        return Readable(read, [])
    if len("\n".join(lines)) > MAX_CUT:
        return Readable([], [read])
    return _in_pieces(whole, file, MAX_PIECES, MAX_CLASSES)


def _in_pieces(whole: _Piece, file: str, most: int, classes: int) -> Readable:
    """Parse ``whole`` in ``most`` pieces at most; the first ``classes`` that cannot be parsed are cut in their turn."""
    starts = [(whole.first + line, outside) for line, outside in _starts("\n".join(whole.lines))]
    lines_of_starts = [line for line, _ in starts]
    statements: list[ast.stmt] = []
    left_out: list[LeftOut] = []
    for piece in _cut(whole, [line for line, outside in starts if outside][:most]):
        for read in _reads(piece, lines_of_starts, file, most):
            if not isinstance(read, LeftOut):
                statements += read
                continue
            lines = whole.lines[read.first - 1 - whole.first : read.last - whole.first]
            is_class = classes and _CLASS.match(lines[0])
            classes -= bool(is_class)
            if is_class and (found := _of_class(_Piece(read.first - 1, lines), file)):
                statements += found.statements
                left_out += found.left_out
            elif left_out and not any((node.end_lineno or 0) > left_out[-1].last for node in statements[-1:]):
                left_out[-1] = left_out[-1]._replace(last=read.last)  # the first mistake is the one that is reported
            else:
                left_out.append(read)
    return Readable(statements, left_out)


def _of_class(piece: _Piece, file: str) -> Readable | None:
    """Return the class with those statements of its body that can be parsed, or None if there are none."""
    head, body = piece.lines[0], without_indent("\n" + "\n".join(piece.lines[1:])).split("\n")[1:]
    read = _read(_Piece(piece.first, [f"{head}\n pass"]), file)
    found = _in_pieces(_Piece(piece.first + 1, body), file, MAX_IN_CLASS, 0)
    if isinstance(read, LeftOut) or not found.statements or not isinstance(read[0], ast.ClassDef):
        return None
    read[0].body, read[0].end_lineno = found.statements, piece.first + len(piece.lines)
    return Readable(read, found.left_out)


def _read(piece: _Piece, file: str) -> list[ast.stmt] | LeftOut:
    try:
        body = ast.parse("\n".join(piece.lines), file).body
    except Exception as error:
        line = min(max(getattr(error, "lineno", None) or 1, 1), len(piece.lines))
        used = [number for number, text in enumerate(piece.lines, start=1) if text.strip()] or [1]
        reason = getattr(error, "msg", "") or str(error)
        return LeftOut(piece.first + 1, piece.first + used[-1], piece.first + line, reason)
    return [ast.increment_lineno(node, piece.first) for node in body] if piece.first else body


def _cut(piece: _Piece, at: Sequence[int]) -> Iterator[_Piece]:
    """Yield the parts of ``piece``, cut before each of the lines ``at``."""
    first, last = piece.first, piece.first + len(piece.lines)
    bounds = [first, *(line for line in at if first < line < last), last]
    for here, there in itertools.pairwise(bounds):
        yield _Piece(here, piece.lines[here - first : there - first])


def _reads(piece: _Piece, starts: Sequence[int], file: str, most: int) -> Iterator[list[ast.stmt] | LeftOut]:
    """Yield the result of parsing a piece, or of its parts if it cannot be parsed as a whole.

    If its first line is a statement, the rest is the other part. Else a bracket may have been left open in it, and
    every line at which a statement may begin starts a part: the first ``most`` of them do.
    """
    read = _read(piece, file)
    if not isinstance(read, LeftOut):
        yield read
    elif not isinstance(_read(_Piece(piece.first, piece.lines[:1]), file), LeftOut):
        yield from (_read(part, file) for part in _cut(piece, [piece.first + 1]))
    else:
        first, over = (
            bisect.bisect_right(starts, piece.first),
            bisect.bisect_left(starts, piece.first + len(piece.lines)),
        )
        yield from (_read(part, file) for part in _cut(piece, starts[first : min(over, first + most)]))


def _starts(source: str) -> list[tuple[int, bool]]:
    """Return the lines at which a statement may begin, each with True if it is outside all brackets.

    Lines inside a string are not among them.
    """
    starts: list[tuple[int, bool]] = []
    quote, depth, line, decorated = "", 0, 0, False
    for mark in _MARK.finditer("\n" + source):
        text, here = mark[0], mark.end() - 1  # a position in the source, which has no newline before it
        ends_comment = quote == "#" and text[-1] == "\n"
        if quote:
            over = text == quote or ends_comment or (text == "\n" and len(quote) == 1)
            quote = "" if over else quote
        elif text[0] in "\"'#":
            quote = text
        else:
            depth = max(0, depth + (text in "([{") - (text in ")]}"))
        if not quote and (text == "\n" or ends_comment) and _BEGINS.match(source, here):
            if not decorated:
                starts.append((line, not depth))
            decorated = source[here] == "@" if not depth else decorated
        line += text[-1] == "\n"
    return starts


def beginning(source: str) -> str:
    """Return the first line of a cell that is no comment, no magic and not blank.

    If there is none, return the first line that is not blank, or "".
    """
    lines = [line.strip() for line in source[:MAX_LOOKED_AT].split("\n") if line.strip()]
    return next((line for line in lines if line[0] not in "#%!"), lines[0] if lines else "")


def without_indent(source: str) -> str:
    """Return a cell with the indent of its first line removed from all lines.

    A cell that is indented as a whole runs in a notebook too.
    """
    indent = _INDENT.match(source)
    return "\n".join(line.removeprefix(indent[1]) for line in source.split("\n")) if indent else source


def _one_by_one(body: Sequence[ast.stmt]) -> list[ast.stmt]:
    """Return the statements with ``import torch, math`` split into two imports, so that each can fail by itself."""
    parts: list[ast.stmt] = []
    for node in body:
        if isinstance(node, ast.Import):
            parts += [ast.copy_location(ast.Import([alias]), node) for alias in node.names]
        else:
            parts.append(node)
    return parts


def _without_cell_magics(source: str) -> str:
    """Return a cell with the lines of its cell magics blanked, or "" if a magic says that it is no Python."""
    lines = source.split("\n")
    for number, line in enumerate(lines):
        if line.strip() and not line.startswith("%%"):
            break
        if line.strip() and line[2:].split(None, 1)[:1] not in [[magic] for magic in _KEPT_MAGICS]:
            return ""
        lines[number] = ""
    return "\n".join(lines)


def _without_magics(source: str) -> str:
    """Return a cell with each magic line replaced by the statement that it runs, or by ``pass``.

    ``pass`` keeps a block from being empty. All lines keep their numbers. If a magic line ends with a backslash, the
    next line is blanked too.
    """
    lines: list[str] = []
    goes_on = False
    for line in source.split("\n"):
        magic = None if goes_on else _MAGIC.match(line)
        if magic and (runs := _RUNS.match(line)):
            lines.append(runs["before"] + runs["statement"])
            continue
        lines.append(f"{magic['indent']}pass" if magic else "" if goes_on else line)
        goes_on = (goes_on or bool(magic)) and line.endswith("\\")
    return "\n".join(lines)


DEFINITIONS = (ast.Import, ast.ImportFrom, ast.FunctionDef, ast.ClassDef)
ASSIGNMENTS = (ast.Assign, ast.AnnAssign, ast.AugAssign)
LOOPS = (ast.For, ast.While)
BLOCKS = (ast.If, ast.Try, ast.With, ast.Match, *LOOPS)
_SHOWS = ("print", "display", "plt", "grader", "help", "input", ".show", ".check")
_SETS_UP = ("np", "random", "gc", "sys", "warnings", "time")


def harmless_calls(own: Iterable[str]) -> frozenset[str]:
    """Return the names of everything that is called only to show something or to set it up.

    They are names of functions and modules, and of methods with a leading dot. ``own`` adds those of the assignment.
    """
    return frozenset((*_SHOWS, *_SETS_UP, *own))


def is_definition(node: ast.stmt, harmless: frozenset[str]) -> bool:
    """Tell whether a statement imports something, defines a function or a class, or attaches something to a class.

    A block of such statements counts too. It may also hold assignments and calls of names that are ``harmless``.
    """
    return isinstance(node, DEFINITIONS) or is_setattr(node) or _assigns_attribute(node) or _is_block(node, harmless)


def is_harmless(call: ast.Call, harmless: frozenset[str]) -> bool:
    """Tell whether a call only shows something or sets it up, as calls of the names ``harmless`` do."""
    if isinstance(call.func, ast.Attribute) and f".{call.func.attr}" in harmless:
        return True
    root: ast.expr = call.func
    while isinstance(root, ast.Attribute | ast.Call | ast.Subscript):
        root = root.func if isinstance(root, ast.Call) else root.value
    return not isinstance(root, ast.Name) or root.id in harmless


def _is_block(node: ast.stmt, harmless: frozenset[str]) -> bool:
    """Tell whether ``node`` is a block that holds definitions and their preparation, and nothing that takes time."""
    if not isinstance(node, BLOCKS):
        return False
    inner = [part for part in ast.walk(node) if isinstance(part, ast.stmt) and part is not node]
    return _has_definition(node) and all(_may_stand_in_a_block(part, harmless) for part in _own_statements(inner))


def _has_definition(node: ast.stmt) -> bool:
    parts = [*ast.walk(node)]
    repeats = any(isinstance(part, LOOPS) for part in parts)  # a loop may assign to attributes for minutes
    return any(isinstance(part, DEFINITIONS) or is_setattr(part) for part in parts) or (
        not repeats and any(isinstance(part, ast.Assign) and _assigns_attribute(part) for part in parts)
    )


def _own_statements(statements: list[ast.stmt]) -> Iterator[ast.stmt]:
    """Return the statements that a block runs itself, without those in the functions and classes that it defines."""
    inside = {
        id(part)
        for statement in statements
        if isinstance(statement, ast.FunctionDef | ast.ClassDef)
        for part in ast.walk(statement)
        if part is not statement
    }
    return (statement for statement in statements if id(statement) not in inside)


def _may_stand_in_a_block(node: ast.stmt, harmless: frozenset[str]) -> bool:
    if isinstance(node, ast.Expr):
        return not isinstance(node.value, ast.Call) or is_setattr(node) or is_harmless(node.value, harmless)
    return isinstance(node, (*DEFINITIONS, *ASSIGNMENTS, *BLOCKS, ast.Pass, ast.Raise))


def is_setattr(node: ast.AST) -> bool:
    """Tell whether ``node`` is a call of ``setattr``, which attaches something to a class."""
    call = node.value if isinstance(node, ast.Expr) else None
    return isinstance(call, ast.Call) and isinstance(call.func, ast.Name) and call.func.id == "setattr"


def may_matter(node: ast.stmt, harmless: frozenset[str]) -> bool:
    """Tell whether a definition may need a statement that is not run, because it does more than compute and show.

    Such statements are calls, as in ``known.update(...)`` or ``attach("name", f)``, and blocks that define something,
    attach it, choose it with ``if`` or ``try``, assign to an element, or call a function without using its result.
    """
    if isinstance(node, ast.Expr):
        return any(isinstance(part, ast.Call) and not is_harmless(part, harmless) for part in ast.walk(node.value))
    return isinstance(node, BLOCKS) and any(
        isinstance(part, DEFINITIONS)
        or is_setattr(part)
        or (isinstance(part, ast.Expr) and _calls_by_name(part.value, harmless))
        or (isinstance(part, ast.Subscript) and isinstance(part.ctx, ast.Store))
        or (isinstance(node, ast.If | ast.Try) and isinstance(part, ASSIGNMENTS))
        for part in ast.walk(node)
    )


def attaches(node: ast.AST, attaching: Collection[str]) -> bool:
    """Tell whether ``node`` calls ``setattr``, or one of the functions ``attaching`` without using its result."""
    parts = [part for part in ast.walk(node) if isinstance(part, ast.Expr)]
    calls = [part.value for part in parts if isinstance(part.value, ast.Call)]
    return any(map(is_setattr, parts)) or any(isinstance(c.func, ast.Name) and c.func.id in attaching for c in calls)


def _calls_by_name(node: ast.expr, harmless: frozenset[str]) -> bool:
    return isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and not is_harmless(node, harmless)


def mix_up(node: ast.stmt, methods: Collection[str]) -> str:
    """Return a remark on a line that attaches one of the ``methods`` under the name of another; else ""."""
    if is_setattr(node):
        match node.value.args:  # type: ignore[attr-defined]  # is_setattr has looked
            case [_, ast.Constant(value=str(name)), ast.Name(id=function)]:
                if name in methods and function in methods and name != function:
                    return f"attaches {function} under the name {name}: one of the two names is another question's"
    return ""


def look_alike(name: str, others: Iterable[str]) -> str:
    """Return the first of the ``others`` that differs from ``name`` only in case or underscores, or ""."""
    plain = name.strip("_").casefold()
    return next((one for one in others if len(one) < 80 and one.isascii() and one.strip("_").casefold() == plain), "")


def _assigns_attribute(node: ast.stmt) -> bool:
    return isinstance(node, ast.Assign) and any(isinstance(target, ast.Attribute) for target in node.targets)


def redefines(node: ast.stmt, name: str) -> bool:
    """Tell whether ``node`` defines the class ``name`` anew, without inheriting from the old class of that name."""
    if not isinstance(node, ast.ClassDef) or node.name != name:
        return False
    return not any(isinstance(part, ast.Name) and part.id == name for base in node.bases for part in ast.walk(base))


def stub_functions(node: ast.stmt) -> Iterator[tuple[str, int]]:
    """Yield the name and the first line of every function in ``node`` that was left blank.

    A blank function only raises ``NotImplementedError``, or does nothing.
    """
    for inner in ast.walk(node):
        if isinstance(inner, ast.FunctionDef) and _is_stub(inner):
            yield inner.name, min([inner.lineno, *(decorator.lineno for decorator in inner.decorator_list)])


def _is_stub(function: ast.FunctionDef) -> bool:
    body = function.body
    if isinstance(body[0], ast.Expr) and isinstance(body[0].value, ast.Constant) and body[0].value.value is not ...:
        body = body[1:]  # its docstring
    return not body or (len(body) == 1 and _does_nothing(body[0]))


def _does_nothing(node: ast.stmt) -> bool:
    if isinstance(node, ast.Raise) and node.exc is not None:
        raised = node.exc.func if isinstance(node.exc, ast.Call) else node.exc
        return isinstance(raised, ast.Name) and raised.id == "NotImplementedError"
    return isinstance(node, ast.Pass) or (
        isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant) and node.value.value is ...
    )


MAX_ANSWER = 2000
"""Maximum length of a text that is read as an answer, in characters; the longest option has 200."""

_FULL_WIDTH = {chr(0xFF01 + number): chr(0x21 + number) for number in range(94)}
_BLANKS = dict.fromkeys("\u00a0\u2007\u2009\u202f\u3000", " ") | dict.fromkeys("\u200b\u200c\u200d\u2060\ufeff", "")
_QUOTES = dict.fromkeys("\u201c\u201d\u201e\u201f\u00ab\u00bb\u2033\u300c\u300d\u300e\u300f", '"') | dict.fromkeys(
    "\u2018\u2019\u201a\u201b\u2039\u203a\u2032", "'"
)
_KEYS = str.maketrans({**_FULL_WIDTH, **_BLANKS, **_QUOTES, "\u2212": "-", "\u066b": "."})
_LOOK_ALIKE = "\u0410\u0412\u0421\u0415\u0430\u0441\u0435\u0501\u0391\u0392\u0395"
"""Cyrillic and Greek letters that look like Latin ones; ``_LATIN`` gives the Latin ones in the same order."""
_LATIN = dict(zip(_LOOK_ALIKE, "ABCEACEDABE", strict=True))

_FRAME = " \t\n\r\"'`()[]{}<>*_-•"
"""Characters that may surround a letter or its option and mean nothing."""
_PREFIX = re.compile(r"(?:(?:my |the )?(?:option|answer|choice|letter)\b(?: is\b)?[\s:=]*)?", re.IGNORECASE)
_OPTION = re.compile(
    rf"[A-Ea-e{_LOOK_ALIKE}](?!\w)\s*"
    r"(?:$|[^\w\s]+(?!\S)|[):\]\u2013\u2014\u3001\u3002]|[-.,](?=[A-Z][a-z]|[^\x00-\x7f])|because\b)"
)
"""Pattern of a letter that is alone or separated by punctuation from a text. In "A test" the A is an article."""
_REASON = re.compile(r"\w(?:(?P<because>[\s,]*because\b)|\s*[-.):*\]\u2013\u2014\u3002]+)")
"""Pattern of a letter with what separates it from its reason, in which other letters may be mentioned."""
_SECOND_THOUGHTS = frozenset(
    ("actually", "also", "and", "but", "either", "maybe", "neither", "no", "nor", "or", "perhaps", "sorry")
)
"""Words at the beginning of a text after a letter that announce another letter."""
_FEWEST_WORDS = 6
"""Minimum length, in words, of a reason that may end with a letter. A shorter one, as in "D. I mean A", chooses it."""
_SENTENCE_END = re.compile(r"[.!?;\n]\s")
_LONE = re.compile(
    rf"(?<!\w)(?<!\w['.])(?:[B-E]|[Aa-e{_LOOK_ALIKE}](?!\s+(?!(?:and|as|because|is|nor?|not|or|too|[A-E])\b)\w))"
    r"(?!\w|['.]\w)"
)
"""Pattern of a lone letter in a text. A small letter or "A" before another word is taken for a word of the sentence."""

_OPERATIONS = {
    ast.Add: operator.add,
    ast.Sub: operator.sub,
    ast.Mult: operator.mul,
    ast.Div: operator.truediv,
    ast.FloorDiv: operator.floordiv,
    ast.Mod: operator.mod,
    ast.Pow: math.pow,  # always a float: the result neither grows without bound nor is complex
}


def plain_keys(text: str) -> str:
    """Return the text with plain quotes, blanks, digits and signs in place of characters that look like them."""
    return text.translate(_KEYS)


def as_letter(name: str, value: float | str | None) -> str:
    """Return the letter that was typed as the answer ``name``.

    If it is no single letter, return a text that says so and what to type instead.
    """
    chosen = letters_in(value) if isinstance(value, str) else set()
    if len(chosen) == 1:
        return chosen.pop()
    if chosen:
        return f'several letters (type the one that you mean, as in {name} = "A")'
    return f'not a letter from A to E in quotes (type it as in {name} = "A")'


def letters_in(text: str) -> set[str]:
    """Return the letter that a text chooses, with or without the words of the option.

    The set is empty if the text chooses none, and holds several letters if it names several.
    """
    text = unicodedata.normalize("NFKC", plain_keys(text[:MAX_ANSWER])).strip(_FRAME)
    prefix = _PREFIX.match(text)
    text = text[prefix.end() if prefix else 0 :].strip(_FRAME)
    chosen = text[:1] if _OPTION.match(text) else ""
    reason = _REASON.match(text) if chosen else None
    if reason and (reason["because"] or not _goes_on(text[reason.end() :].strip(_FRAME))):
        text = chosen
    named = {_LATIN.get(one, one).upper() for one in [*chosen, *_LONE.findall(text)]}
    return named if chosen or len(named) > 1 else set()


def _goes_on(text: str) -> bool:
    """Tell whether the text after a letter chooses another letter. A reason may mention others without choosing one."""
    words = [word.strip(_FRAME + ".,:;?!").lower() for word in text.split()]
    is_last = len(words) < _FEWEST_WORDS and any(_LONE.fullmatch(word) for word in words[-1:])
    names_option = any(_OPTION.match(sentence.strip(_FRAME)) for sentence in [text, *_SENTENCE_END.split(text)])
    return is_last or names_option or not _SECOND_THOUGHTS.isdisjoint(words[:1])


def as_number(name: str, value: float | str | None) -> float | str:
    """Return the number that was typed as the answer ``name``.

    If it is no finite number, return a text that says so and what to type instead.
    """
    try:
        typed = math.nan if value is None else _parsed_number(value)
    except ValueError:
        typed = math.nan
    if math.isfinite(typed):
        return typed
    return f"not a number written out (type it with a decimal point, as in {name} = 12.3)"


def written_out(node: ast.expr, known: Mapping[str, float | str]) -> float | str | None:
    """Return the number or the text that an expression of literals evaluates to, or None for any other expression.

    ``known`` holds the values of names that may occur in it. A list, tuple or set of one element counts as the element.
    """
    try:
        value = _value(node, known)
    except (ValueError, ArithmeticError, RecursionError):
        return None
    return value if isinstance(value, str) or math.isfinite(value) else None


def _value(node: ast.expr, known: Mapping[str, float | str]) -> float | str:
    match node:
        case ast.Constant(value=str() as text):
            return text
        case ast.JoinedStr(values=parts):
            if all(isinstance(part, ast.Constant) for part in parts):
                return "".join(str(part.value) for part in parts if isinstance(part, ast.Constant))
        case ast.List(elts=[only]) | ast.Tuple(elts=[only]) | ast.Set(elts=[only]):
            return _value(only, known)
        case ast.Name(id=name) if name in known:
            return known[name]
    return _number(node, known)


def _parsed_number(value: float | str) -> float:
    """Return a number as a float, also if it was typed as a text.

    Raises ``ValueError`` for a text that is no number or too long.
    """
    if isinstance(value, str) and len(value) > MAX_ANSWER:
        raise ValueError("a text that is too long")
    return float(plain_keys(value) if isinstance(value, str) else value)


def _number(node: ast.expr, known: Mapping[str, float | str]) -> float:
    """Evaluate arithmetic on literals and ``known`` names, also with ``round``, ``abs`` and ``float``.

    Every step is done in floats, so that no number takes much memory. ``np.float64(12.3)`` counts as a literal, because
    NumPy 2 prints numbers so.

    Raises ``ValueError`` for any other expression, and ``ArithmeticError`` where the arithmetic fails.
    """
    match node:
        case ast.Constant(value=int() | float() | str() as value) if not isinstance(value, bool):
            return _parsed_number(value)
        case ast.Name(id=name) if name in known:
            return _parsed_number(known[name])
        case ast.UnaryOp(op=ast.USub(), operand=operand):
            return -_number(operand, known)
        case ast.UnaryOp(op=ast.UAdd(), operand=operand):
            return _number(operand, known)
        case ast.BinOp(left=left, op=sign, right=right) if type(sign) in _OPERATIONS:
            return float(_OPERATIONS[type(sign)](_number(left, known), _number(right, known)))
        case ast.Call(func=ast.Name(id="round") | ast.Attribute(attr="round"), args=[rounded, *digits], keywords=given):
            places = [*digits, *(keyword.value for keyword in given if keyword.arg in ("ndigits", "decimals"))]
            if len(places) == len(digits) + len(given) < 2:
                return round(_number(rounded, known), int(_number(places[0], known)) if places else 0)
        case ast.Call(func=ast.Name(id="abs"), args=[only], keywords=[]):
            return abs(_number(only, known))
        case ast.Call(func=ast.Name(id="float") | ast.Attribute(attr="float64" | "float32"), args=[only], keywords=[]):
            return _number(only, known)
    raise ValueError("not a number written out")


MAX_PARSED = 60_000
"""Maximum amount of code that is parsed in all, in characters: a notebook has 30,000, an answer cell 200.

The tree takes 100 times the memory of its text. Up to Python 3.11 the time for an f-string grows with the square of its
length: this much takes 0.5 s, and 200,000 characters take 5 s.
"""

MAX_LINE, MAX_LINES = 1000, 200
"""Maximum length of a line in characters, and maximum number of lines, in a cell that is read line by line.

A cell is read so if it is damaged, or too long to be parsed.
"""

MAX_NAMES = 20
"""Maximum number of other names that answers are made of; each costs a search through the notebook."""

_MAGIC_LINE = re.compile(r"^[ \t]*[%!].*", re.MULTILINE)
_FIRST_WORD = re.compile(r"[\xa0\u3000\u200b\ufeff]*(\w+)")
_CODE = re.compile(r"^(?:(?:def|class)[ \t]+\w|setattr[ \t]*\(|\w[\w.]*(?:,[ \t]*\w[\w.]*)*[ \t]*=(?!=))", re.MULTILINE)
"""Pattern of a line that is found in answers that are code, and hardly ever in a text."""
_PARSE_ERRORS = (SyntaxError, ValueError, RecursionError, MemoryError)

Binding = tuple[str, "ast.expr | None"]
"""Name with the expression that it is bound to, or with None if that is no expression or no Python."""


def read_answers(
    cells: Sequence[str], letters: Sequence[str], numbers: Sequence[str]
) -> tuple[dict[str, str], dict[str, float | str]]:
    """Return the letters and the numbers that are typed as answers in the sources of code cells.

    A name maps to its letter or number. If something else was typed, it maps to a text that says so and what to type
    instead; the text continues a sentence that begins with "choice_1 is". A name that is blank or missing is absent.
    If the notebook computes something under the same name later, the typed value still counts.
    """
    answers = {*letters, *numbers}
    known: dict[str, float | str] = {}
    typed: dict[str, float | str | None] = {}
    for name, node in _bindings((*letters, *numbers), cells):
        value = None if node is None else written_out(node, known)
        if name in answers and (_is_blank_answer(node) or (value is None and name in known and _is_computed(node))):
            continue
        if name in answers:
            typed[name] = value
        if value is None:
            known.pop(name, None)
        else:
            known[name] = value
    return (
        {name: as_letter(name, typed[name]) for name in letters if name in typed},
        {name: as_number(name, typed[name]) for name in numbers if name in typed},
    )


def bound_in(source: str, names: Collection[str]) -> set[str]:
    """Return those of the ``names`` that a cell assigns to, even if the value is blank."""
    if not any(name in source for name in names):
        return set()
    return {name for name, _ in _of_cell(source, names) if name in names}


def out_of_kind(cells: Iterable[tuple[str, str, Collection[str]]], kinds: Mapping[str, str]) -> dict[int, str]:
    """Return the positions of answer cells that were turned into cells of another kind, each with the answer's tag.

    A cell is given as its kind, its source and its tags. ``kinds`` maps the tag of each answer to the right kind.
    """
    cells = list(cells)
    whole = {tag for kind, _, tags in cells for tag in tags if kinds.get(tag) == kind}
    places = {
        tag: place
        for place, (_, source, tags) in enumerate(cells)
        for tag in sorted({*tags} & kinds.keys() - whole)
        if bool(_CODE.search(source)) == (kinds[tag] == "code")
    }
    return {place: tag for tag, place in places.items()}


def told_of_kind(tag: str, kind: str, kinds: Mapping[str, str]) -> str:
    """Return a note to the student about a cell that ``out_of_kind`` found."""
    key = {"code": "Y", "markdown": "M"}[kinds[tag]]
    return (
        f"The cell of {tag.partition(':')[2]} is no {kinds[tag]} cell any more, but a {kind} cell. It is read all the "
        f"same. Turn it back: in Jupyter, select it and press Esc, then {key}."
    )


def _bindings(names: Sequence[str], cells: Sequence[str]) -> Iterator[Binding]:
    """Return the bindings of ``names``, and of names that their values are made of, in the order of the cells.

    The cells are read from the last one backwards. So the last ones are read even if all exceed ``MAX_PARSED``.
    """
    wanted = dict.fromkeys(names)
    most, left = len(names) + MAX_NAMES, MAX_PARSED
    found: list[list[Binding]] = []
    for source in reversed(cells):
        if not any(name in source for name in wanted):
            continue
        is_short = len(source) <= left
        left -= len(source) if is_short else 0
        found.append(_of_cell(source, wanted) if is_short else _of_lines(source, wanted))
        for name, node in reversed(found[-1]):
            if name in wanted and node is not None and len(wanted) < most:
                wanted |= dict.fromkeys(_names(node)[: most - len(wanted)])
    return (binding for of_cell in reversed(found) for binding in of_cell)


def _of_cell(source: str, wanted: Collection[str]) -> list[Binding]:
    """Return the bindings at the top level of a cell."""
    source = _MAGIC_LINE.sub("", without_indent(source))
    try:
        return _of_module(source)
    except _PARSE_ERRORS:  # the mistake may stand in another line of the cell
        return _of_lines(source, wanted)


def _of_lines(source: str, wanted: Collection[str]) -> list[Binding]:
    """Return the bindings of the lines that begin with a wanted name, each line parsed by itself."""
    begins = ((_FIRST_WORD.match(line), line) for line in source.split("\n"))
    lines = [line for word, line in begins if word and word[1] in wanted and "=" in plain_keys(line)][-MAX_LINES:]
    return [binding for line in lines for binding in _of_line(line, wanted)]


def _of_line(line: str, wanted: Collection[str]) -> list[Binding]:
    """Return the bindings of a line, as it is or with the characters of a plain keyboard.

    If neither is Python, the wanted names on the left are bound to the text after the sign, if a quote begins there.
    """
    plain = plain_keys(line[:MAX_LINE]).strip()
    for text in (line, plain) if len(line) <= MAX_LINE else ():
        try:
            return _of_module(text)
        except _PARSE_ERRORS:
            continue
    left, _, right = plain.partition("=")
    begun = ast.Constant(right) if right.lstrip()[:1] in ("'", '"') else None
    return [(name, begun) for part in left.split(",") if (name := part.partition(":")[0].strip()) in wanted]


def _of_module(source: str) -> list[Binding]:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # such as an invalid escape in a string: the student's business
        body = ast.parse(source.replace("\0", "")).body
    return [binding for statement in body for binding in _of_statement(statement)]


def _of_statement(statement: ast.stmt) -> Iterator[Binding]:
    """Yield the bindings of an assignment, be it plain, annotated, chained or of a tuple.

    Names that another statement binds are yielded with None.
    """
    if isinstance(statement, ast.Assign):
        for target in statement.targets:
            yield from _unpacked(target, statement.value)
    elif isinstance(statement, ast.AnnAssign):
        if statement.value is not None:
            yield from _unpacked(statement.target, statement.value)
    elif isinstance(statement, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef):
        yield statement.name, None
    else:
        parts = (part for part in ast.walk(statement) if isinstance(part, ast.Name))
        yield from ((part.id, None) for part in parts if isinstance(part.ctx, ast.Store))


def _unpacked(target: ast.expr | None, value: ast.expr | None) -> Iterator[Binding]:
    """Yield each name in a target with the part of ``value`` that it gets, or with None if the shapes differ."""
    if isinstance(target, ast.Name):
        yield target.id, value
    names, values = _elements(target), _elements(value)
    for name, each in zip(names, values if len(values) == len(names) else [None] * len(names), strict=True):
        yield from _unpacked(name, each)


def _elements(node: ast.expr | None) -> Sequence[ast.expr | None]:
    return node.elts if isinstance(node, ast.Tuple | ast.List) else []


def _names(node: ast.expr) -> list[str]:
    return [part.id for part in ast.walk(node) if isinstance(part, ast.Name)]


def _is_computed(node: ast.expr | None) -> bool:
    """Tell whether the notebook computes this value, so that nobody typed it."""
    return node is None or bool(_names(node))


def _is_blank_answer(node: ast.expr | None) -> bool:
    if not isinstance(node, ast.Constant):
        return False
    return node.value in (None, ...) or (isinstance(node.value, str) and not node.value.strip())


MAX_EXPLANATION = 5000
"""Maximum length of an explanation that is kept, in characters; one or two sentences are asked for."""


def read_explanations(
    cells: Iterable[tuple[str, str, Collection[str]]], texts: Mapping[str, tuple[str, str]], blank: str
) -> dict[str, str]:
    """Return the student's explanations by the name of the answer. One that is still blank is absent.

    A cell is given as its kind, its source and its tags. ``texts`` maps the tag of each text to its name and to the
    name of the answer that it explains. ``blank`` is the text before the student writes there. A cell that lost its tag
    but kept its label belongs to the last answer above it.
    """
    by_explained = {explained: name for name, explained in texts.values()}
    label, placeholder = _label(blank), _placeholder(blank)
    tagged: dict[str, str] = {}
    labelled: dict[str, str] = {}
    name = ""
    for kind, source, tags in cells:
        if kind == "code":
            above = _explained(tuple(by_explained)).findall(source)
            name = by_explained[above[-1]] if above else name
            continue
        own = [texts[tag][0] for tag in sorted(tags) if tag in texts]
        if not own and not (name and label.match(source)):
            continue  # before any search, which takes long in a text that holds pictures
        if text := placeholder.sub("", label.sub("", source)).strip()[:MAX_EXPLANATION]:
            if own:
                tagged[own[0]] = text
            else:
                labelled.setdefault(name, text)
    return {**labelled, **tagged}


@lru_cache(maxsize=4)
def _label(blank: str) -> re.Pattern[str]:
    """Return a pattern for the first line of a blank text, with its emphasis or without."""
    return re.compile(rf"\*{{0,3}}{re.escape(blank.partition(chr(10))[0].strip('*:'))}:?\*{{0,3}}:?", re.IGNORECASE)


@lru_cache(maxsize=4)
def _placeholder(blank: str) -> re.Pattern[str]:
    """Return a pattern for the line in italics that the student is to replace, the rest of a blank text."""
    return re.compile(rf"[*_]{re.escape(blank.partition(chr(10))[2].strip().strip('*'))}[*_]")


@lru_cache(maxsize=4)
def _explained(names: tuple[str, ...]) -> re.Pattern[str]:
    """Return a pattern for one of these answers' names at the beginning of a line."""
    return re.compile(rf"^({'|'.join(names)})\b", re.MULTILINE)


REL_TOL = 1e-6
"""Relative tolerance. It allows another order of summation and ``float32``; every named fault changes a number more."""
ABS_TOL = 1e-9
"""Absolute tolerance for values near zero, where a relative one is too strict."""
MOST_NUMBERS = 6
"""Maximum number of values that one line of a message shows; of the rest it gives only the count."""


def agrees(expected: Any, measured: Any) -> bool:
    """Tell whether ``measured`` is the expected number, or lies in the expected interval (low, high).

    An expected text must be met exactly. The tolerances are ``REL_TOL`` and ``ABS_TOL``.
    """
    if isinstance(expected, str):
        return bool(measured == expected)
    if isinstance(measured, bool) or not isinstance(measured, (int, float)):
        return False
    if isinstance(expected, (tuple, list)):
        low, high = expected
        return bool(low - ABS_TOL <= measured <= high + ABS_TOL)
    return math.isclose(expected, measured, rel_tol=REL_TOL, abs_tol=ABS_TOL)


def mismatches(expected: Mapping[str, Any], measured: Mapping[str, Any]) -> list[str]:
    """Return the names in ``expected`` whose measured value is missing or does not agree, in order."""
    return [name for name in expected if name not in measured or not agrees(expected[name], measured[name])]


def side_by_side(expected: Mapping[str, Any], measured: Mapping[str, Any]) -> dict[str, tuple[Any, Any, bool]]:
    """Return for each name in ``expected`` the expected value, the measured value, and whether they agree."""
    wrong = mismatches(expected, measured)
    return {name: (value, measured.get(name), name not in wrong) for name, value in expected.items()}


def shown(name: str, value: Any, digits: int = 10) -> str:
    """Return ``name = value`` in a student's words.

    An interval is written ``from low to high``. A name that ends with a question mark gets yes or no.
    """
    if name.endswith("?") and value in (0, 1):
        return f"{name} {'yes' if value else 'no'}"
    if isinstance(value, (tuple, list)):
        return f"{name} from {value[0]:.{digits}g} to {value[1]:.{digits}g}"
    if isinstance(value, (int, float)) and not isinstance(value, bool):
        return f"{name} = {value:.{digits}g}"
    return f"{name} is {value}"


def compared(expected: Mapping[str, Any], measured: Mapping[str, Any]) -> tuple[str, str]:
    """Return the *expected* line and the *got* line of a message.

    Both show the same names, with enough digits that different numbers look different.
    """
    names = list(expected) if len(expected) <= MOST_NUMBERS else mismatches(expected, measured)
    rest = f", and {len(names) - MOST_NUMBERS} more" if len(names) > MOST_NUMBERS else ""
    pairs = []
    for name in names[:MOST_NUMBERS]:
        wanted, got = expected[name], measured.get(name, "missing")
        digits = 10 if agrees(wanted, got) or shown(name, wanted) != shown(name, got) else 17
        pairs.append((shown(name, wanted, digits), shown(name, got, digits)))
    return ", ".join(wanted for wanted, _ in pairs) + rest, ", ".join(got for _, got in pairs) + rest


def four_lines(ran: str, expected: str, got: str, why: str) -> str:
    """Return the message of a failed check. A line whose text is empty is left out."""
    lines = {"Ran": ran, "Expected": expected, "Got": got, "Why it matters": why}
    return "\n".join(f"{label}: {text}" for label, text in lines.items() if text)


_QUOTED = re.compile(r"'([\w.]+)'")
_NOT_A_NUMBER = re.compile(r"must be real number, not (\w+)")

_NO_ATTRIBUTE = "' object has no attribute '"
_OBJECT_IS_NOT = {
    "' object is not iterable": "not iterable",
    "' object is not callable": "not callable",
    "' object is not subscriptable": "not subscriptable",
}
_ARGUMENTS = {
    "() takes ": "too many arguments",
    "() missing ": "missing argument",
    "() got an unexpected keyword argument ": "unknown argument",
}
_IN_PLACE_OF_A_NUMBER = (
    "unsupported operand type(s) for ",
    "' not supported between instances of '",
    "bad operand type for ",
    "() argument must be ",
    "' does not support ufuncs",
)
_OPERANDS = "unsupported operand type(s) for *: "
_POWER = "unsupported operand type(s) for ** or "


def subject(detail: str) -> str:
    """Return a few words for the mistake that one of Python's error messages reports, or "" for another message.

    All types of plain numbers are called ``number``. The words are the same in all versions of Python from 3.10 on.
    """
    types = [_type(name) for name in _QUOTED.findall(detail)]
    if _NO_ATTRIBUTE in detail and len(types) > 1:
        return f"{types[1]} of number" if types[0] == "number" else f"attribute of {types[0]}"
    for words, about in _OBJECT_IS_NOT.items():
        if words in detail and types:
            return f"{types[0]} {about}"
    for words, about in _ARGUMENTS.items():
        function, found, _ = detail.partition(words)
        if found:
            return f"{about}{_owner(function)}"
    return _not_a_number(detail, types)


def _not_a_number(detail: str, types: list[str]) -> str:
    """Return a few words for a value that stands where Python needs a plain number, or ""."""
    named = _NOT_A_NUMBER.search(detail)
    if named is not None:
        return f"{named[1]} as number"
    others = [name for name in types if name != "number"]
    if not others or not any(words in detail for words in _IN_PLACE_OF_A_NUMBER):
        return ""
    if len(others) > 1 and _OPERANDS in detail and len({*types}) == 1:
        return f"{others[0]} with its like"  # the operator itself is missing or refuses; Python asks for no number
    is_exponent = _POWER in detail and types[0] == "number"
    return f"{others[0]} as {'exponent' if is_exponent else 'number'}"


def _type(name: str) -> str:
    return "number" if name in ("int", "float", "bool") or name.startswith("numpy.") else name


def _owner(function: str) -> str:
    """Return `` of <class>`` if the wrong arguments were given to a class, else ""."""
    before, found, _ = function.rpartition(".__init__")
    return f" of {before.rpartition(' ')[2].rpartition('.')[2]}" if found else ""


Compared = tuple[Any, Any, bool]
"""Expected number, measured number, and whether they agree."""
Case = tuple[Mapping[str, Any], Compared]
"""Inputs of a run, and one of the numbers that it measured."""

OPERANDS = {"a": "the left operand", "b": "the right operand"}
ONLY_ELSEWHERE = (
    "All public checks pass; what is wrong shows on other numbers. Try negative, fractional, large and tiny ones, 0 "
    "and 1, and expressions that use a Value more than once."
)
SIGNS: dict[str, Callable[[float], bool]] = {
    "0": lambda number: number == 0,
    "positive": lambda number: number > 0,
    "negative": lambda number: number < 0,
}
LEAST = 3
"""Minimum number of runs that must show the same factor before a sentence says so; two may agree by chance."""


def located(runs: Sequence[tuple[Mapping[str, Any], Mapping[str, Compared]]]) -> str:
    """Return two sentences on what is right and what is wrong in the public runs of one operator.

    Each run has its inputs, and the compared numbers by name. If nothing is wrong, return a text that says on which
    other numbers to try the operator.
    """
    cases: dict[str, list[Case]] = {}
    two = any("b" in inputs and "b.grad" in measured for inputs, measured in runs)
    for inputs, measured in runs:
        for name, compared in measured.items():
            cases.setdefault(_part(name, inputs, two), []).append((inputs, compared))
    agree = {part: all(agrees for _, (_, _, agrees) in of_part) for part, of_part in cases.items()}
    right = [part for part in cases if agree[part] and not part.endswith(BEFORE)]
    wrong = [
        part for part in cases if not agree[part] and (BEFORE not in part or agree.get(part.removesuffix(BEFORE), True))
    ]
    if not wrong:
        return ONLY_ELSEWHERE
    known = f"Right: {', '.join(right)}. " if right else ""
    return f"{known}Wrong: {'; '.join(part + _follows(part, cases[part], two) for part in wrong)}."


BEFORE = " where it has one already"


def _part(name: str, inputs: Mapping[str, Any], two: bool) -> str:
    """Return the part of the operator that a measured number belongs to, in words."""
    owner, _, attribute = name.partition(".")
    if "child" in name:
        return "the children"
    if attribute == "grad" and owner in OPERANDS:
        return f"the gradient of {_operand(owner, two)}{BEFORE if f'{owner}_grad' in inputs else ''}"
    if name == "out.data":
        return "the data of the result"
    return "the data with a plain number" if owner in ("left", "right") else "the result as a new Value"


def _operand(name: str, two: bool) -> str:
    return OPERANDS[name] if two else "the operand"


def _follows(part: str, cases: Sequence[Case], two: bool) -> str:
    """Return a clause on what the error in a part depends on, or "" if the cases do not show it."""
    wrong = [(inputs, compared) for inputs, compared in cases if not compared[2]]
    pairs = [(expected, measured) for _, (expected, measured, _) in wrong]
    if ("data" not in part and "gradient" not in part) or part.endswith(BEFORE):
        return ""
    if len(wrong) < len(cases):
        return _where(cases, two)
    if not all(_is_number(one) for pair in pairs for one in pair):
        return ""
    if len(cases) > 1 and all(measured == 0 for _, measured in pairs):
        return ", which stays 0"
    if len(cases) > 1 and all(math.isclose(measured, -expected) for expected, measured in pairs):
        return ", which has the wrong sign"
    return _factor(wrong)


def _is_number(value: Any) -> bool:
    return isinstance(value, (int, float)) and not isinstance(value, bool)


def _where(cases: Sequence[Case], two: bool) -> str:
    """Return a clause that names the one sign of an input which all wrong cases have and all right ones lack.

    If no sign or several do, the clause is "for some of the numbers". A positive or negative sign counts only if at
    least two right and two wrong cases show it.
    """
    agreeing = [(inputs, agrees) for inputs, (_, _, agrees) in cases]
    sides = {right: {str(inputs) for inputs, agrees in agreeing if agrees == right} for right in (True, False)}
    found = [
        f", where {'the upstream gradient' if name == 'upstream' else _operand(name, two)} is {sign}"
        for name in ("a", "b", "upstream")
        for sign, holds in SIGNS.items()
        if all(name in inputs and holds(inputs[name]) != agrees for inputs, agrees in agreeing)
        if sign == "0" or min(map(len, sides.values())) >= 2
    ]
    return found[0] if len(found) == 1 else ", for some of the numbers"


def _factor(wrong: Sequence[Case]) -> str:
    """Return a clause on the factor by which wrong numbers differ from the right ones, or "" if nothing is clear.

    The factor is the same in all cases, or it is compared in two cases that differ only in the upstream gradient.
    """
    if any(expected == 0 for _, (expected, _, _) in wrong):
        return ""
    factors = [measured / expected for _, (expected, measured, _) in wrong]
    if len(wrong) >= LEAST and all(math.isclose(factor, factors[0]) for factor in factors):
        return ", by the same factor each time"
    for (k, one), (m, other) in combinations(enumerate(wrong), 2):
        (inputs, (_, measured, _)), (others, (_, again, _)) = one, other
        if {**inputs, "upstream": 0} == {**others, "upstream": 0}:
            if math.isclose(measured, again):
                return ", which does not change with the upstream gradient"
            same = math.isclose(factors[k], factors[m])
            return f", by a factor that {'does not change' if same else 'changes'} with the upstream gradient"
    return ""


def product_forward(Value: Any, inputs: Mapping[str, Any]) -> Measured:  # noqa: N803 - the notebook's class
    """out = Value({a}) * Value({b})"""
    out = Value(inputs["a"]) * Value(inputs["b"])
    return {"out.data": out.data}


def product_with_number(Value: Any, inputs: Mapping[str, Any]) -> Measured:  # noqa: N803
    """left = Value({a}) * {b}; right = {b} * Value({a})"""
    left = Value(inputs["a"]) * inputs["b"]
    right = inputs["b"] * Value(inputs["a"])
    return {"left.data": left.data, "right.data": right.data}


def product_node(Value: Any, inputs: Mapping[str, Any]) -> Measured:  # noqa: N803
    """a = Value({a}); b = Value({b}); out = a * b"""
    a, b = Value(inputs["a"]), Value(inputs["b"])
    out = a * b
    return {
        "is out a new Value?": int(isinstance(out, Value) and out is not a and out is not b),
        "a.data": a.data,
        "b.data": b.data,
        "out.grad": out.grad,
    }


def product_children(Value: Any, inputs: Mapping[str, Any]) -> Measured:  # noqa: N803
    """earlier = Value({a}) * Value({b}); a = Value({a}); b = Value({b}); out = a * b; out._prev"""
    _ = Value(inputs["a"]) * Value(inputs["b"])
    a, b = Value(inputs["a"]), Value(inputs["b"])
    out = a * b
    return {
        "is a a child of out?": is_child(a, out),
        "is b a child of out?": is_child(b, out),
        "number of children": len(out._prev),
    }


def product_gradients(Value: Any, inputs: Mapping[str, Any]) -> Measured:  # noqa: N803
    """a = Value({a}); b = Value({b}); out = a * b; out.grad = {upstream}; out._backward()"""
    a, b = Value(inputs["a"]), Value(inputs["b"])
    out = a * b
    out.grad = inputs["upstream"]
    out._backward()
    return {"a.grad": a.grad, "b.grad": b.grad}


def product_accumulates(Value: Any, inputs: Mapping[str, Any]) -> Measured:  # noqa: N803
    """a = Value({a}); b = Value({b}); a.grad = {a_grad}; b.grad = {b_grad}; out = a * b; \
out.grad = {upstream}; out._backward()"""
    a, b = Value(inputs["a"]), Value(inputs["b"])
    a.grad, b.grad = inputs["a_grad"], inputs["b_grad"]
    out = a * b
    out.grad = inputs["upstream"]
    out._backward()
    return {"a.grad": a.grad, "b.grad": b.grad}


# --- the power ----------------------------------------------------------------------------------------------------


def power_forward(Value: Any, inputs: Mapping[str, Any]) -> Measured:  # noqa: N803
    """out = Value({a}) ** {n}"""
    out = Value(inputs["a"]) ** inputs["n"]
    return {"out.data": out.data}


def power_node(Value: Any, inputs: Mapping[str, Any]) -> Measured:  # noqa: N803
    """a = Value({a}); out = a ** {n}; out._prev"""
    a = Value(inputs["a"])
    return _single_operand_node(Value, a, a ** inputs["n"])


def power_children(Value: Any, inputs: Mapping[str, Any]) -> Measured:  # noqa: N803
    """out = Value({a}) ** {n}; len(out._prev)"""
    return {"number of children": len((Value(inputs["a"]) ** inputs["n"])._prev)}


def power_gradient(Value: Any, inputs: Mapping[str, Any]) -> Measured:  # noqa: N803
    """a = Value({a}); out = a ** {n}; out.grad = {upstream}; out._backward()"""
    a = Value(inputs["a"])
    return _local_gradient(a, a ** inputs["n"], inputs)


def power_accumulates(Value: Any, inputs: Mapping[str, Any]) -> Measured:  # noqa: N803
    """a = Value({a}); a.grad = {a_grad}; out = a ** {n}; out.grad = {upstream}; out._backward()"""
    a = Value(inputs["a"])
    a.grad = inputs["a_grad"]
    return _local_gradient(a, a ** inputs["n"], inputs)


# --- the rectifier ------------------------------------------------------------------------------------------------


def relu_forward(Value: Any, inputs: Mapping[str, Any]) -> Measured:  # noqa: N803
    """out = Value({a}).relu()"""
    return {"out.data": Value(inputs["a"]).relu().data}


def relu_node(Value: Any, inputs: Mapping[str, Any]) -> Measured:  # noqa: N803
    """a = Value({a}); out = a.relu(); out._prev"""
    a = Value(inputs["a"])
    return _single_operand_node(Value, a, a.relu())


def relu_gradient(Value: Any, inputs: Mapping[str, Any]) -> Measured:  # noqa: N803
    """a = Value({a}); out = a.relu(); out.grad = {upstream}; out._backward()"""
    a = Value(inputs["a"])
    return _local_gradient(a, a.relu(), inputs)


def relu_accumulates(Value: Any, inputs: Mapping[str, Any]) -> Measured:  # noqa: N803
    """a = Value({a}); a.grad = {a_grad}; out = a.relu(); out.grad = {upstream}; out._backward()"""
    a = Value(inputs["a"])
    a.grad = inputs["a_grad"]
    return _local_gradient(a, a.relu(), inputs)


# --- shared by several operators ----------------------------------------------------------------------------------


def is_child(node: Any, out: Any) -> int:
    """Return 1 if ``node`` itself is a child of ``out``, else 0."""
    return int(any(child is node for child in out._prev))


def _single_operand_node(Value: Any, a: Any, out: Any) -> Measured:  # noqa: N803
    return {
        "is out a new Value?": int(isinstance(out, Value) and out is not a),
        "is a a child of out?": is_child(a, out),
        "a.data": a.data,
    }


def _local_gradient(a: Any, out: Any, inputs: Mapping[str, Any]) -> Measured:
    out.grad = inputs["upstream"]
    out._backward()
    return {"a.grad": a.grad}


FullBatchLoss = Callable[[Any, Any, Any, Any], Any]
"""Function that returns the mean squared error, given an engine, its network, features and prices.

It leaves the gradient of the loss in every parameter.
"""


def gradient_descent(engine: Any, inputs: Mapping[str, Any]) -> Iterator[Measured]:
    """random.seed({seed}), then {epochs} epochs of gradient descent on {count} houses, learning rate {learning_rate}"""
    return train(engine, inputs, _house_by_house)


def train(engine: Any, inputs: Mapping[str, Any], full_batch_loss: FullBatchLoss) -> Iterator[Measured]:
    """Yield the loss of each epoch, after the first one with the gradients of all parameters."""
    random.seed(inputs["seed"])
    network = engine.Network(*(engine.Layer(n_in, n_out, add_relu=relu) for n_in, n_out, relu in inputs["layers"]))
    collects = gc.isenabled()
    gc.disable()  # the collector walks the growing graph again and again, in five sixths of the time
    try:
        for epoch in range(inputs["epochs"]):
            network.zero_grad()
            measured: Measured = {"loss": full_batch_loss(engine, network, inputs["x"], inputs["y"])}
            if epoch == 0:
                measured |= _parameter_gradients(network)
            yield measured
            network.update(inputs["learning_rate"])
            gc.collect()  # frees the nodes that `_release` could not reach
    finally:
        if collects:
            gc.enable()


def _house_by_house(engine: Any, network: Any, x: Any, y: Any) -> Any:
    """Return the mean squared error, and let gradients flow back.

    ``backward`` runs for each house, because the gradient of a sum is the sum of the gradients.
    """
    loss = 0.0
    for features, price in zip(x, y, strict=True):
        house_loss = (_prediction(network, features) - price) ** 2 * (1 / len(x))
        engine.backward(house_loss)
        loss += house_loss.data
        _release(house_loss)
    return loss


def _release(root: Any) -> None:
    """Cut the reference cycles of a graph that is no longer needed, so that its memory is freed without a search."""
    todo = [root]
    while todo:
        node = todo.pop()
        if node._prev:  # it is a computed node, met for the first time
            todo.extend(node._prev)
            try:
                node._prev, node._backward = (), None
            except AttributeError:
                return  # a student's own Value may not allow it; the collection after the epoch frees it then


def _prediction(network: Any, features: Any) -> Any:
    outputs = network(features)
    return outputs[0] if isinstance(outputs, (list, tuple)) else outputs


def _parameter_gradients(network: Any) -> Measured:
    gradients: Measured = {}
    for k, layer in enumerate(network.layers):
        for i, row in enumerate(layer.weights):
            gradients |= {f"layers[{k}].weights[{i}][{j}].grad": weight.grad for j, weight in enumerate(row)}
        gradients |= {f"layers[{k}].biases[{j}].grad": bias.grad for j, bias in enumerate(layer.biases)}
    return gradients


QUESTIONS = ("mul", "pow", "relu", "training", "test_vs_train")
CHOICES = ("choice_1", "choice_2")
EVIDENCE = ("train_before", "test_before", "train_after", "test_after")
HARMLESS = harmless_calls(("draw", "table", ".backward", ".zero_grad"))
BLANK = "**Your explanation:**\n\n*Replace this line by one or two sentences.*"
# fmt: off
METHODS = {'mul': '__mul__', 'pow': '__pow__', 'relu': 'relu'}
KINDS = {'answer:mul': 'code',
 'answer:pow': 'code',
 'answer:relu': 'code',
 'answer:evidence': 'code',
 'answer:choice_1': 'code',
 'answer:explain_1': 'markdown',
 'answer:choice_2': 'code',
 'answer:explain_2': 'markdown'}
TEXTS = {'answer:explain_1': ('explain_1', 'choice_1'), 'answer:explain_2': ('explain_2', 'choice_2')}
TOTALS = {'mul': 26, 'pow': 21, 'relu': 18, 'training': 21, 'test_vs_train': 14}
# fmt: on


PROBES: dict[str, Any] = {
    "product_forward": product_forward,
    "product_with_number": product_with_number,
    "product_node": product_node,
    "product_children": product_children,
    "product_gradients": product_gradients,
    "product_accumulates": product_accumulates,
    "power_forward": power_forward,
    "power_node": power_node,
    "power_children": power_children,
    "power_gradient": power_gradient,
    "power_accumulates": power_accumulates,
    "relu_forward": relu_forward,
    "relu_node": relu_node,
    "relu_gradient": relu_gradient,
    "relu_accumulates": relu_accumulates,
    "gradient_descent": gradient_descent,
}


# fmt: off
CHECKS: list[dict[str, Any]] = \
[{'id': 'mul.forward',
  'question': 'mul',
  'title': 'A product of two Values holds the right number',
  'points': 2,
  'why': 'Everything later is computed from these values.',
  'requires': (),
  'probe': 'product_forward',
  'reads': (),
  'cases': [{'inputs': {'a': 3.0, 'b': -4.0}, 'expected': {'out.data': -12.0}},
            {'inputs': {'a': -2.5, 'b': -0.125}, 'expected': {'out.data': 0.3125}},
            {'inputs': {'a': 0.0, 'b': 7.0}, 'expected': {'out.data': 0.0}}]},
 {'id': 'mul.forward_numbers',
  'question': 'mul',
  'title': 'A Value can be multiplied by a plain number, from either side',
  'points': 2,
  'why': 'A network multiplies its weights by plain numbers, the features of a house.',
  'requires': (),
  'probe': 'product_with_number',
  'reads': (),
  'cases': [{'inputs': {'a': 3.0, 'b': 4}, 'expected': {'left.data': 12.0, 'right.data': 12.0}},
            {'inputs': {'a': -1.5, 'b': 2.5}, 'expected': {'left.data': -3.75, 'right.data': -3.75}},
            {'inputs': {'a': 2.0, 'b': 0}, 'expected': {'left.data': 0.0, 'right.data': 0.0}}]},
 {'id': 'mul.node',
  'question': 'mul',
  'title': 'A product is a new Value and leaves its operands as they were',
  'points': 2,
  'why': 'If an operand changed, every other expression that uses it would change with it.',
  'requires': (),
  'probe': 'product_node',
  'reads': (),
  'cases': [{'inputs': {'a': 3.0, 'b': -4.0},
             'expected': {'is out a new Value?': 1, 'a.data': 3.0, 'b.data': -4.0, 'out.grad': 0.0}}]},
 {'id': 'mul.children',
  'question': 'mul',
  'title': 'A product records both operands as its children',
  'points': 3,
  'why': 'backward() finds the graph through the children; a node it cannot find never gets its gradient.',
  'requires': (),
  'probe': 'product_children',
  'reads': (),
  'cases': [{'inputs': {'a': 3.0, 'b': -4.0},
             'expected': {'is a a child of out?': 1, 'is b a child of out?': 1, 'number of children': 2}}]},
 {'id': 'mul.local_gradients',
  'question': 'mul',
  'title': 'Each operand of a product receives the right gradient',
  'points': 4,
  'why': 'Backpropagation is a chain of such steps: an error in one reaches all that lies behind it.',
  'requires': ('mul.node',),
  'probe': 'product_gradients',
  'reads': (),
  'cases': [{'inputs': {'a': 3.0, 'b': -4.0, 'upstream': 0.5}, 'expected': {'a.grad': -2.0, 'b.grad': 1.5}},
            {'inputs': {'a': -1.5, 'b': 2.5, 'upstream': -2.125},
             'expected': {'a.grad': -5.3125, 'b.grad': 3.1875}},
            {'inputs': {'a': 3.0, 'b': -4.0, 'upstream': -2.0}, 'expected': {'a.grad': 8.0, 'b.grad': -6.0}}]},
 {'id': 'mul.accumulates',
  'question': 'mul',
  'title': 'A gradient that an operand already has is kept',
  'points': 3,
  'why': 'A network uses every value several times, and each use has its part in the gradient.',
  'requires': ('mul.local_gradients',),
  'probe': 'product_accumulates',
  'reads': (),
  'cases': [{'inputs': {'a': 3.0, 'b': -4.0, 'a_grad': 10.0, 'b_grad': -20.0, 'upstream': 0.5},
             'expected': {'a.grad': 8.0, 'b.grad': -18.5}}]},
 {'id': 'pow.forward',
  'question': 'pow',
  'title': 'A power of a Value holds the right number',
  'points': 2,
  'why': 'The squared error of the network is a power with exponent 2.',
  'requires': (),
  'probe': 'power_forward',
  'reads': (),
  'cases': [{'inputs': {'a': 3.0, 'n': 2}, 'expected': {'out.data': 9.0}},
            {'inputs': {'a': -2.0, 'n': 3}, 'expected': {'out.data': -8.0}},
            {'inputs': {'a': 4.0, 'n': 0.5}, 'expected': {'out.data': 2.0}}]},
 {'id': 'pow.node',
  'question': 'pow',
  'title': 'A power is a new Value with the base as its child, and leaves the base as it was',
  'points': 1,
  'why': 'backward() finds the graph through the children; a node it cannot find never gets its gradient.',
  'requires': (),
  'probe': 'power_node',
  'reads': (),
  'cases': [{'inputs': {'a': 3.0, 'n': 2},
             'expected': {'is out a new Value?': 1, 'is a a child of out?': 1, 'a.data': 3.0}}]},
 {'id': 'pow.only_child',
  'question': 'pow',
  'title': 'A power has no other child than the base',
  'points': 1,
  'why': 'The exponent is a constant: no gradient flows to it.',
  'requires': ('pow.node',),
  'probe': 'power_children',
  'reads': (),
  'cases': [{'inputs': {'a': 3.0, 'n': 2}, 'expected': {'number of children': 1}}]},
 {'id': 'pow.local_gradient',
  'question': 'pow',
  'title': 'The base of a power receives the right gradient',
  'points': 4,
  'why': 'Backpropagation is a chain of such steps: an error in one reaches all that lies behind it.',
  'requires': (),
  'probe': 'power_gradient',
  'reads': (),
  'cases': [{'inputs': {'a': 3.0, 'n': 2, 'upstream': 0.5}, 'expected': {'a.grad': 3.0}},
            {'inputs': {'a': -2.0, 'n': 3, 'upstream': -1.5}, 'expected': {'a.grad': -18.0}},
            {'inputs': {'a': -0.75, 'n': 2, 'upstream': 2.0}, 'expected': {'a.grad': -3.0}},
            {'inputs': {'a': 3.0, 'n': 2, 'upstream': -2.0}, 'expected': {'a.grad': -12.0}}]},
 {'id': 'pow.accumulates',
  'question': 'pow',
  'title': 'A gradient that the base already has is kept',
  'points': 2,
  'why': 'A network uses every value several times, and each use has its part in the gradient.',
  'requires': ('pow.local_gradient',),
  'probe': 'power_accumulates',
  'reads': (),
  'cases': [{'inputs': {'a': 3.0, 'n': 3, 'a_grad': 10.0, 'upstream': 0.5}, 'expected': {'a.grad': 23.5}}]},
 {'id': 'relu.forward',
  'question': 'relu',
  'title': 'relu of a Value holds the right number on both sides of 0, and at 0',
  'points': 2,
  'why': 'Without this kink the layers of the network would collapse into a single linear map.',
  'requires': (),
  'probe': 'relu_forward',
  'reads': (),
  'cases': [{'inputs': {'a': 3.0}, 'expected': {'out.data': 3.0}},
            {'inputs': {'a': -4.0}, 'expected': {'out.data': 0.0}},
            {'inputs': {'a': 0.0}, 'expected': {'out.data': 0.0}},
            {'inputs': {'a': 0.25}, 'expected': {'out.data': 0.25}}]},
 {'id': 'relu.node',
  'question': 'relu',
  'title': 'relu makes a new Value with its operand as a child, and leaves the operand as it was',
  'points': 2,
  'why': 'backward() finds the graph through the children; a node it cannot find never gets its gradient.',
  'requires': (),
  'probe': 'relu_node',
  'reads': (),
  'cases': [{'inputs': {'a': 3.0},
             'expected': {'is out a new Value?': 1, 'is a a child of out?': 1, 'a.data': 3.0}},
            {'inputs': {'a': -4.0},
             'expected': {'is out a new Value?': 1, 'is a a child of out?': 1, 'a.data': -4.0}}]},
 {'id': 'relu.local_gradient',
  'question': 'relu',
  'title': 'The operand of relu receives the right gradient on both sides of 0',
  'points': 3,
  'why': 'Backpropagation is a chain of such steps: an error in one reaches all that lies behind it.',
  'requires': (),
  'probe': 'relu_gradient',
  'reads': (),
  'cases': [{'inputs': {'a': 3.0, 'upstream': 0.5}, 'expected': {'a.grad': 0.5}},
            {'inputs': {'a': -4.0, 'upstream': 0.5}, 'expected': {'a.grad': 0.0}},
            {'inputs': {'a': 2.0, 'upstream': -1.5}, 'expected': {'a.grad': -1.5}},
            {'inputs': {'a': 3.0, 'upstream': -1.5}, 'expected': {'a.grad': -1.5}}]},
 {'id': 'relu.at_zero',
  'question': 'relu',
  'title': 'At exactly 0, the kink, the gradient is one of those that are right there',
  'points': 1,
  'why': 'A kink has more than one slope; the notebook says which one the course takes.',
  'requires': ('relu.local_gradient',),
  'probe': 'relu_gradient',
  'reads': (),
  'cases': [{'inputs': {'a': 0.0, 'upstream': 2.0}, 'expected': {'a.grad': (0.0, 2.0)}}]},
 {'id': 'relu.accumulates',
  'question': 'relu',
  'title': 'A gradient that the operand already has is kept',
  'points': 2,
  'why': 'A network uses every value several times, and each use has its part in the gradient.',
  'requires': ('relu.local_gradient',),
  'probe': 'relu_accumulates',
  'reads': (),
  'cases': [{'inputs': {'a': 3.0, 'a_grad': 10.0, 'upstream': -1.5}, 'expected': {'a.grad': 8.5}},
            {'inputs': {'a': -4.0, 'a_grad': 10.0, 'upstream': 0.5}, 'expected': {'a.grad': 10.0}}]},
 {'id': 'training.loss_falls',
  'question': 'training',
  'title': 'Ten epochs on all training houses bring the loss from about 500 to about 100',
  'points': 3,
  'why': 'This is what the three operators are for.',
  'requires': ('mul.forward',
               'mul.local_gradients',
               'mul.accumulates',
               'mul.children',
               'pow.forward',
               'pow.local_gradient',
               'pow.accumulates',
               'pow.node',
               'relu.forward',
               'relu.local_gradient',
               'relu.accumulates',
               'relu.node'),
  'probe': 'gradient_descent',
  'reads': (),
  'cases': [{'inputs': {'seed': 59,
                        'layers': ((13, 10, True), (10, 10, True), (10, 1, False)),
                        'first': 0,
                        'count': 404,
                        'epochs': 10,
                        'learning_rate': 0.0001},
             'expected': {'first loss': (450.0, 550.0), 'last loss': (80.0, 120.0)}}]},
 {'id': 'test_vs_train.evidence_readable',
  'question': 'test_vs_train',
  'title': 'All four losses are typed in as numbers, about 500 before and about 100 after training',
  'points': 2,
  'why': 'The questions are about these measurements, so they come first.',
  'requires': (),
  'probe': '',
  'reads': ('train_before', 'test_before', 'train_after', 'test_after'),
  'cases': [{'inputs': {},
             'expected': {'train_before': (400.0, 600.0),
                          'test_before': (400.0, 600.0),
                          'train_after': (50.0, 150.0),
                          'test_after': (50.0, 150.0)}}]}]


MISTAKES: list[dict[str, Any]] = \
[{'question': 'mul',
  'hint': '__mul__ seems to replace the gradient that an operand already has. Compare with the template: what does '
          '`+=` do there that `=` would not?',
  'ways': [{11: {'a.grad': -2.0, 'b.grad': 1.5}}]},
 {'question': 'mul',
  'hint': '__mul__ seems to leave out the upstream gradient. The local gradient says how out changes with the '
          'operand; out.grad says how the loss changes with out. The chain rule needs both.',
  'ways': [{8: {'a.grad': -4.0, 'b.grad': 3.0},
            9: {'a.grad': 2.5, 'b.grad': -1.5},
            10: {'a.grad': -4.0, 'b.grad': 3.0},
            11: {'a.grad': 6.0, 'b.grad': -17.0}}]},
 {'question': 'mul',
  'hint': '__mul__ seems to add the local gradient and the upstream gradient. How does the chain rule combine two '
          'rates of change that act one after the other?',
  'ways': [{8: {'a.grad': -3.5, 'b.grad': 3.5},
            9: {'a.grad': 0.375, 'b.grad': -3.625},
            10: {'a.grad': -6.0, 'b.grad': 1.0},
            11: {'a.grad': 6.5, 'b.grad': -16.5}}]},
 {'question': 'mul',
  'hint': '__mul__ seems to read the gradient of the operand where it needs the gradient of out. Which of the two '
          'has already been computed when _backward runs?',
  'ways': [{8: {'a.grad': 0.0, 'b.grad': 0.0},
            9: {'a.grad': 0.0, 'b.grad': 0.0},
            10: {'a.grad': 0.0, 'b.grad': 0.0},
            11: {'a.grad': -30.0, 'b.grad': -80.0}}]},
 {'question': 'mul',
  'hint': '__mul__ seems to multiply by out.data where the chain rule has out.grad, the upstream gradient.',
  'ways': [{8: {'a.grad': 48.0, 'b.grad': -36.0},
            9: {'a.grad': -9.375, 'b.grad': 5.625},
            10: {'a.grad': 48.0, 'b.grad': -36.0},
            11: {'a.grad': 58.0, 'b.grad': -56.0}}]},
 {'question': 'mul',
  'hint': '__mul__ seems to call its inner function instead of handing it over. `out._backward = _backward` stores '
          'the function for later; brackets after the name run it now, while out.grad is 0.',
  'ways': [{'TypeError/NoneType not callable': [8, 9, 10, 11]}]},
 {'question': 'mul',
  'hint': '__mul__ gives its operands no gradient. Either out never receives the inner function: then the line '
          'that hands it over is missing, stands after a `return`, or has `_backward` misspelt, which makes a new '
          "attribute without a word. Or that function, when it runs later, adds nothing to an operand's `grad`.",
  'ways': [{8: {'a.grad': 0.0, 'b.grad': 0.0},
            9: {'a.grad': 0.0, 'b.grad': 0.0},
            10: {'a.grad': 0.0, 'b.grad': 0.0},
            11: {'a.grad': 10.0, 'b.grad': -20.0}}]},
 {'question': 'mul',
  'hint': '__mul__ seems not to record its operands as the children of out. Look at the second argument of Value '
          'in the template; an attribute by another name than `_prev` is not looked at.',
  'ways': [{7: {'is a a child of out?': 0, 'is b a child of out?': 0, 'number of children': 0}}]},
 {'question': 'mul',
  'hint': '__mul__ seems to change the operand itself and to return it. Build a new Value for the result, as the '
          'template does.',
  'ways': [{6: {'is out a new Value?': 0, 'a.data': -12.0, 'b.data': -4.0, 'out.grad': 0.0},
            7: {'is a a child of out?': 0, 'is b a child of out?': 0, 'number of children': 0},
            8: {'a.grad': 0.5, 'b.grad': 0.0},
            9: {'a.grad': -2.125, 'b.grad': 0.0},
            10: {'a.grad': -2.0, 'b.grad': 0.0},
            11: {'a.grad': 0.5, 'b.grad': -20.0}}]},
 {'question': 'mul',
  'hint': '__mul__ seems to return a plain number. A number cannot remember its operands; wrap it as the template '
          'does.',
  'ways': [{'AttributeError/data of number': [0, 1, 2, 3, 4, 5],
            'AttributeError/grad of number': [6, 8, 9, 10, 11],
            'AttributeError/_prev of number': [7]}]},
 {'question': 'mul',
  'hint': '__mul__ seems to return nothing. Look at the very last line of the template.',
  'ways': [{'AttributeError/attribute of NoneType': [0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11]}]},
 {'question': 'mul',
  'hint': 'The gradients of __mul__ have the right size and the wrong sign. Where does your _backward subtract, or '
          'put a minus, that the chain rule does not have?',
  'ways': [{8: {'a.grad': 2.0, 'b.grad': -1.5},
            9: {'a.grad': 5.3125, 'b.grad': -3.1875},
            10: {'a.grad': -8.0, 'b.grad': 6.0},
            11: {'a.grad': 12.0, 'b.grad': -21.5}}]},
 {'question': 'mul',
  'hint': 'Each contribution of __mul__ arrives doubled. Is a line of your _backward there twice, or a factor 2 '
          'that the chain rule does not have?',
  'ways': [{8: {'a.grad': -4.0, 'b.grad': 3.0},
            9: {'a.grad': -10.625, 'b.grad': 6.375},
            10: {'a.grad': 16.0, 'b.grad': -12.0},
            11: {'a.grad': 6.0, 'b.grad': -17.0}}]},
 {'question': 'mul',
  'hint': '__mul__ seems to multiply the gradient that an operand already has. That is 0 at first; how do '
          'contributions combine?',
  'ways': [{8: {'a.grad': -0.0, 'b.grad': 0.0},
            9: {'a.grad': -0.0, 'b.grad': 0.0},
            10: {'a.grad': 0.0, 'b.grad': -0.0},
            11: {'a.grad': -20.0, 'b.grad': -30.0}}]},
 {'question': 'mul',
  'hint': 'Each operand seems to receive its own data as local gradient. Hold one operand fixed and move the other '
          'by a little: by how much does the product change?',
  'ways': [{8: {'a.grad': 1.5, 'b.grad': -2.0},
            9: {'a.grad': 3.1875, 'b.grad': -5.3125},
            10: {'a.grad': -6.0, 'b.grad': 8.0},
            11: {'a.grad': 11.5, 'b.grad': -22.0}}]},
 {'question': 'mul',
  'hint': 'The gradient of your product is that of a sum. Hold one operand fixed and move the other by a little: '
          'by how much does the product change?',
  'ways': [{8: {'a.grad': 0.5, 'b.grad': 0.5},
            9: {'a.grad': -2.125, 'b.grad': -2.125},
            10: {'a.grad': -2.0, 'b.grad': -2.0},
            11: {'a.grad': 10.5, 'b.grad': -19.5}}]},
 {'question': 'mul',
  'hint': 'The gradient of your product seems to use the product itself. Hold one operand fixed and move the other '
          'by a little: by how much does the product change?',
  'ways': [{8: {'a.grad': -6.0, 'b.grad': -6.0},
            9: {'a.grad': 7.96875, 'b.grad': 7.96875},
            10: {'a.grad': 24.0, 'b.grad': 24.0},
            11: {'a.grad': 4.0, 'b.grad': -26.0}}]},
 {'question': 'mul',
  'hint': 'Only the left operand seems to receive a gradient. A product depends on both of its operands.',
  'ways': [{8: {'a.grad': -2.0, 'b.grad': 0.0},
            9: {'a.grad': -5.3125, 'b.grad': 0.0},
            10: {'a.grad': 8.0, 'b.grad': 0.0},
            11: {'a.grad': 8.0, 'b.grad': -20.0}}]},
 {'question': 'mul',
  'hint': 'Only the right operand seems to receive a gradient. A product depends on both of its operands.',
  'ways': [{8: {'a.grad': 0.0, 'b.grad': 1.5},
            9: {'a.grad': 0.0, 'b.grad': 3.1875},
            10: {'a.grad': 0.0, 'b.grad': -6.0},
            11: {'a.grad': 10.0, 'b.grad': -18.5}}]},
 {'question': 'mul',
  'hint': 'Both contributions of your product seem to go to the left operand. Which operand does each line of your '
          '_backward belong to?',
  'ways': [{8: {'a.grad': -0.5, 'b.grad': 0.0},
            9: {'a.grad': -2.125, 'b.grad': 0.0},
            10: {'a.grad': 2.0, 'b.grad': 0.0},
            11: {'a.grad': 9.5, 'b.grad': -20.0}}]},
 {'question': 'mul',
  'hint': 'Both contributions of your product seem to go to the right operand. Which operand does each line of '
          'your _backward belong to?',
  'ways': [{8: {'a.grad': 0.0, 'b.grad': -0.5},
            9: {'a.grad': 0.0, 'b.grad': -2.125},
            10: {'a.grad': 0.0, 'b.grad': 2.0},
            11: {'a.grad': 10.0, 'b.grad': -20.5}}]},
 {'question': 'mul',
  'hint': 'The left operand seems to receive its contribution twice, and the right one none. Is one line a copy?',
  'ways': [{8: {'a.grad': -4.0, 'b.grad': 0.0},
            9: {'a.grad': -10.625, 'b.grad': 0.0},
            10: {'a.grad': 16.0, 'b.grad': 0.0},
            11: {'a.grad': 6.0, 'b.grad': -20.0}}]},
 {'question': 'mul',
  'hint': 'The right operand seems to receive its contribution twice, and the left one none. Is one line a copy?',
  'ways': [{8: {'a.grad': 0.0, 'b.grad': 3.0},
            9: {'a.grad': 0.0, 'b.grad': 6.375},
            10: {'a.grad': 0.0, 'b.grad': -12.0},
            11: {'a.grad': 10.0, 'b.grad': -17.0}}]},
 {'question': 'mul',
  'hint': 'The left operand is not among the children of out, so backward() cannot reach what lies behind it.',
  'ways': [{7: {'is a a child of out?': 0, 'is b a child of out?': 1, 'number of children': 1}}]},
 {'question': 'mul',
  'hint': 'The right operand is not among the children of out, so backward() cannot reach what lies behind it.',
  'ways': [{7: {'is a a child of out?': 1, 'is b a child of out?': 0, 'number of children': 1}}]},
 {'question': 'mul',
  'hint': '__mul__ still does all that __add__ does: value and gradients are those of a sum.',
  'ways': [{0: {'out.data': -1.0},
            1: {'out.data': -2.625},
            2: {'out.data': 7.0},
            3: {'left.data': 7.0, 'right.data': 7.0},
            4: {'left.data': 1.0, 'right.data': 1.0},
            5: {'left.data': 2.0, 'right.data': 2.0},
            8: {'a.grad': 0.5, 'b.grad': 0.5},
            9: {'a.grad': -2.125, 'b.grad': -2.125},
            10: {'a.grad': -2.0, 'b.grad': -2.0},
            11: {'a.grad': 10.5, 'b.grad': -19.5}}]},
 {'question': 'mul',
  'hint': "__mul__ computes the sum of its operands. Was the template's first line copied as it was?",
  'ways': [{0: {'out.data': -1.0},
            1: {'out.data': -2.625},
            2: {'out.data': 7.0},
            3: {'left.data': 7.0, 'right.data': 7.0},
            4: {'left.data': 1.0, 'right.data': 1.0},
            5: {'left.data': 2.0, 'right.data': 2.0}}]},
 {'question': 'mul',
  'hint': '__mul__ seems to need a Value on its right-hand side. The template turns a plain number into a Value '
          'before it uses .data.',
  'ways': [{'AttributeError/data of number': [3, 4, 5]}]},
 {'question': 'mul',
  'hint': 'The left operand keeps the gradient that it already has, and the right one seems to lose it. Compare '
          'the two lines of your _backward.',
  'ways': [{11: {'a.grad': 8.0, 'b.grad': 1.5}}]},
 {'question': 'mul',
  'hint': 'The right operand keeps the gradient that it already has, and the left one seems to lose it. Compare '
          'the two lines of your _backward.',
  'ways': [{11: {'a.grad': -2.0, 'b.grad': -18.5}}]},
 {'question': 'mul',
  'hint': 'The right operand seems to receive its local gradient alone. Compare the two lines of your _backward: '
          'what does only one of them have?',
  'ways': [{8: {'a.grad': -2.0, 'b.grad': 3.0},
            9: {'a.grad': -5.3125, 'b.grad': -1.5},
            10: {'a.grad': 8.0, 'b.grad': 3.0},
            11: {'a.grad': 8.0, 'b.grad': -17.0}}]},
 {'question': 'mul',
  'hint': 'The left operand seems to receive its local gradient alone. Compare the two lines of your _backward: '
          'what does only one of them have?',
  'ways': [{8: {'a.grad': -4.0, 'b.grad': 1.5},
            9: {'a.grad': 2.5, 'b.grad': 3.1875},
            10: {'a.grad': -4.0, 'b.grad': -6.0},
            11: {'a.grad': 6.0, 'b.grad': -18.5}}]},
 {'question': 'mul',
  'hint': 'Both operands of your product seem to receive the same local gradient, made from the right operand. Was '
          'one line copied from the other?',
  'ways': [{8: {'a.grad': -2.0, 'b.grad': -2.0},
            9: {'a.grad': -5.3125, 'b.grad': -5.3125},
            10: {'a.grad': 8.0, 'b.grad': 8.0},
            11: {'a.grad': 8.0, 'b.grad': -22.0}}]},
 {'question': 'mul',
  'hint': 'Both operands of your product seem to receive the same local gradient, made from the left operand. Was '
          'one line copied from the other?',
  'ways': [{8: {'a.grad': 1.5, 'b.grad': 1.5},
            9: {'a.grad': 3.1875, 'b.grad': 3.1875},
            10: {'a.grad': -6.0, 'b.grad': -6.0},
            11: {'a.grad': 11.5, 'b.grad': -18.5}}]},
 {'question': 'mul',
  'hint': 'The gradient of your product seems to use the sum of its operands. Hold one operand fixed and move the '
          'other by a little: by how much does the product change?',
  'ways': [{8: {'a.grad': -0.5, 'b.grad': -0.5},
            9: {'a.grad': -2.125, 'b.grad': -2.125},
            10: {'a.grad': 2.0, 'b.grad': 2.0},
            11: {'a.grad': 9.5, 'b.grad': -20.5}}]},
 {'question': 'mul',
  'hint': 'The gradient of the right operand has the wrong sign. That would be right for a difference; is there a '
          'minus in a product?',
  'ways': [{8: {'a.grad': -2.0, 'b.grad': -1.5},
            9: {'a.grad': -5.3125, 'b.grad': -3.1875},
            10: {'a.grad': 8.0, 'b.grad': 6.0},
            11: {'a.grad': 8.0, 'b.grad': -21.5}}]},
 {'question': 'mul',
  'hint': '__mul__ seems to divide the upstream gradient by a number. Hold one operand fixed and move the other by '
          'a little: by how much does the product change?',
  'ways': [{8: {'a.grad': -0.125, 'b.grad': 0.16666666666666666},
            9: {'a.grad': -0.85, 'b.grad': 1.4166666666666667},
            10: {'a.grad': 0.5, 'b.grad': -0.6666666666666666},
            11: {'a.grad': 9.875, 'b.grad': -19.833333333333332}}]},
 {'question': 'mul',
  'hint': 'The gradient of your product seems to use the grad of the other operand where its data belongs.',
  'ways': [{8: {'a.grad': 0.0, 'b.grad': 0.0},
            9: {'a.grad': 0.0, 'b.grad': 0.0},
            10: {'a.grad': 0.0, 'b.grad': 0.0},
            11: {'a.grad': 0.0, 'b.grad': -20.0}}]},
 {'question': 'mul',
  'hint': '__mul__ makes a new Value, but changes the data of the left operand as well. Compute the product '
          'without assigning to self.data.',
  'ways': [{6: {'is out a new Value?': 1, 'a.data': -12.0, 'b.data': -4.0, 'out.grad': 0.0},
            8: {'a.grad': -2.0, 'b.grad': -6.0},
            9: {'a.grad': -5.3125, 'b.grad': 7.96875},
            10: {'a.grad': 8.0, 'b.grad': 24.0},
            11: {'a.grad': 8.0, 'b.grad': -26.0}}]},
 {'question': 'mul',
  'hint': 'The children of out are new Values that look like the operands. The gradient goes to these copies; the '
          'operands themselves get none.',
  'ways': [{7: {'is a a child of out?': 0, 'is b a child of out?': 0, 'number of children': 2},
            8: {'a.grad': 0.0, 'b.grad': 0.0},
            9: {'a.grad': 0.0, 'b.grad': 0.0},
            10: {'a.grad': 0.0, 'b.grad': 0.0},
            11: {'a.grad': 10.0, 'b.grad': -20.0}}]},
 {'question': 'mul',
  'hint': 'out has a child too many. Which Values was it computed from?',
  'ways': [{7: {'is a a child of out?': 1, 'is b a child of out?': 1, 'number of children': 3}}]},
 {'question': 'pow',
  'hint': '__pow__ seems to replace the gradient that an operand already has. Compare with the template: what does '
          '`+=` do there that `=` would not?',
  'ways': [{9: {'a.grad': 13.5}}]},
 {'question': 'pow',
  'hint': '__pow__ seems to leave out the upstream gradient. The local gradient says how out changes with the '
          'operand; out.grad says how the loss changes with out. The chain rule needs both.',
  'ways': [{5: {'a.grad': 6.0},
            6: {'a.grad': 12.0},
            7: {'a.grad': -1.5},
            8: {'a.grad': 6.0},
            9: {'a.grad': 37.0}}]},
 {'question': 'pow',
  'hint': '__pow__ seems to add the local gradient and the upstream gradient. How does the chain rule combine two '
          'rates of change that act one after the other?',
  'ways': [{5: {'a.grad': 6.5}, 6: {'a.grad': 10.5}, 7: {'a.grad': 0.5}, 8: {'a.grad': 4.0}, 9: {'a.grad': 37.5}}]},
 {'question': 'pow',
  'hint': '__pow__ seems to read the gradient of the operand where it needs the gradient of out. Which of the two '
          'has already been computed when _backward runs?',
  'ways': [{5: {'a.grad': 0.0}, 6: {'a.grad': 0.0}, 7: {'a.grad': 0.0}, 8: {'a.grad': 0.0}, 9: {'a.grad': 280.0}}]},
 {'question': 'pow',
  'hint': '__pow__ seems to multiply by out.data where the chain rule has out.grad, the upstream gradient.',
  'ways': [{5: {'a.grad': 54.0},
            6: {'a.grad': -96.0},
            7: {'a.grad': -0.84375},
            8: {'a.grad': 54.0},
            9: {'a.grad': 739.0}}]},
 {'question': 'pow',
  'hint': '__pow__ seems to call its inner function instead of handing it over. `out._backward = _backward` stores '
          'the function for later; brackets after the name run it now, while out.grad is 0.',
  'ways': [{'TypeError/NoneType not callable': [5, 6, 7, 8, 9]}]},
 {'question': 'pow',
  'hint': '__pow__ gives its operands no gradient. Either out never receives the inner function: then the line '
          'that hands it over is missing, stands after a `return`, or has `_backward` misspelt, which makes a new '
          "attribute without a word. Or that function, when it runs later, adds nothing to an operand's `grad`.",
  'ways': [{5: {'a.grad': 0.0}, 6: {'a.grad': 0.0}, 7: {'a.grad': 0.0}, 8: {'a.grad': 0.0}, 9: {'a.grad': 10.0}}]},
 {'question': 'pow',
  'hint': '__pow__ seems not to record its operands as the children of out. Look at the second argument of Value '
          'in the template; an attribute by another name than `_prev` is not looked at.',
  'ways': [{3: {'is out a new Value?': 1, 'is a a child of out?': 0, 'a.data': 3.0},
            4: {'number of children': 0}}]},
 {'question': 'pow',
  'hint': '__pow__ seems to change the operand itself and to return it. Build a new Value for the result, as the '
          'template does.',
  'ways': [{3: {'is out a new Value?': 0, 'is a a child of out?': 0, 'a.data': 9.0},
            4: {'number of children': 0},
            5: {'a.grad': 0.5},
            6: {'a.grad': -1.5},
            7: {'a.grad': 2.0},
            8: {'a.grad': -2.0},
            9: {'a.grad': 0.5}}]},
 {'question': 'pow',
  'hint': '__pow__ seems to return a plain number. A number cannot remember its operands; wrap it as the template '
          'does.',
  'ways': [{'AttributeError/data of number': [0, 1, 2],
            'AttributeError/_prev of number': [3, 4],
            'AttributeError/grad of number': [5, 6, 7, 8, 9]}]},
 {'question': 'pow',
  'hint': '__pow__ seems to return nothing. Look at the very last line of the template.',
  'ways': [{'AttributeError/attribute of NoneType': [0, 1, 2, 3, 4, 5, 6, 7, 8, 9]}]},
 {'question': 'pow',
  'hint': 'The gradients of __pow__ have the right size and the wrong sign. Where does your _backward subtract, or '
          'put a minus, that the chain rule does not have?',
  'ways': [{5: {'a.grad': -3.0},
            6: {'a.grad': 18.0},
            7: {'a.grad': 3.0},
            8: {'a.grad': 12.0},
            9: {'a.grad': -3.5}}]},
 {'question': 'pow',
  'hint': 'Each contribution of __pow__ arrives doubled. Is a line of your _backward there twice, or a factor 2 '
          'that the chain rule does not have?',
  'ways': [{5: {'a.grad': 6.0},
            6: {'a.grad': -36.0},
            7: {'a.grad': -6.0},
            8: {'a.grad': -24.0},
            9: {'a.grad': 37.0}}]},
 {'question': 'pow',
  'hint': '__pow__ seems to multiply the gradient that an operand already has. That is 0 at first; how do '
          'contributions combine?',
  'ways': [{5: {'a.grad': 0.0},
            6: {'a.grad': -0.0},
            7: {'a.grad': -0.0},
            8: {'a.grad': -0.0},
            9: {'a.grad': 135.0}}]},
 {'question': 'pow',
  'hint': 'The factor in front is missing from the gradient of your power. What happens to the exponent when x ** '
          '3 is differentiated? It appears in two places.',
  'ways': [{5: {'a.grad': 1.5},
            6: {'a.grad': -6.0},
            7: {'a.grad': -1.5},
            8: {'a.grad': -6.0},
            9: {'a.grad': 14.5}}]},
 {'question': 'pow',
  'hint': 'The exponent in the gradient of your power is the old one. What happens to the exponent when x ** 3 is '
          'differentiated?',
  'ways': [{5: {'a.grad': 9.0},
            6: {'a.grad': 36.0},
            7: {'a.grad': 2.25},
            8: {'a.grad': -36.0},
            9: {'a.grad': 50.5}}]},
 {'question': 'pow',
  'hint': 'The gradient of your power is right for squares only. Which part of 2 * x came from the exponent?',
  'ways': [{6: {'a.grad': 6.0}, 9: {'a.grad': 13.0}}]},
 {'question': 'pow',
  'hint': '__pow__ squares the base whatever the exponent is. Where does the exponent come in?',
  'ways': [{1: {'out.data': 4.0}, 2: {'out.data': 16.0}, 6: {'a.grad': 6.0}, 9: {'a.grad': 13.0}}]},
 {'question': 'pow',
  'hint': 'The factor in front of your gradient is one too small. Differentiate x ** 3 on paper: which number '
          'comes down?',
  'ways': [{5: {'a.grad': 1.5},
            6: {'a.grad': -12.0},
            7: {'a.grad': -1.5},
            8: {'a.grad': -6.0},
            9: {'a.grad': 19.0}}]},
 {'question': 'pow',
  'hint': 'The exponent in the gradient of your power went up. It does so when x ** 3 is integrated; what happens '
          'when it is differentiated?',
  'ways': [{5: {'a.grad': 27.0},
            6: {'a.grad': -72.0},
            7: {'a.grad': -1.6875},
            8: {'a.grad': -108.0},
            9: {'a.grad': 131.5}}]},
 {'question': 'pow',
  'hint': 'The gradient of your power multiplies by n - 1 where it should raise to a power. Is there a `*` where '
          '`**` was meant?',
  'ways': [{6: {'a.grad': 18.0}, 9: {'a.grad': 19.0}}]},
 {'question': 'pow',
  'hint': 'Python raises to a power first, then multiplies, then subtracts. Does your gradient subtract the 1 from '
          'the exponent, or from everything before it?',
  'ways': [{5: {'a.grad': 17.5},
            6: {'a.grad': -22.5},
            7: {'a.grad': -0.875},
            8: {'a.grad': 20.0},
            9: {'a.grad': 90.5}}]},
 {'question': 'pow',
  'hint': 'Python raises to a power before it subtracts. Does your gradient subtract the 1 from the exponent, or '
          'from the power?',
  'ways': [{5: {'a.grad': 8.5},
            6: {'a.grad': 37.5},
            7: {'a.grad': 0.25},
            8: {'a.grad': -34.0},
            9: {'a.grad': 50.0}}]},
 {'question': 'pow',
  'hint': 'out seems to record the exponent as a child too. The exponent is a constant: no gradient flows to it.',
  'ways': [{4: {'number of children': 2}}]},
 {'question': 'pow',
  'hint': '__pow__ multiplies by the exponent instead of raising to it. Is there a `*` where `**` was meant?',
  'ways': [{0: {'out.data': 6.0}, 1: {'out.data': -6.0}}]},
 {'question': 'pow',
  'hint': 'The local gradient of your power seems to be the power itself. Differentiate x ** 3 on paper: what '
          'happens to the exponent?',
  'ways': [{5: {'a.grad': 4.5}, 6: {'a.grad': 12.0}, 7: {'a.grad': 1.125}, 8: {'a.grad': -18.0}}]},
 {'question': 'pow',
  'hint': 'The local gradient of your power multiplies base and exponent. That is right for squares only; '
          'differentiate x ** 3 on paper.',
  'ways': [{6: {'a.grad': 9.0}, 9: {'a.grad': 14.5}}]},
 {'question': 'pow',
  'hint': 'In the gradient of your power, base and exponent seem to have changed places. Which of the two moves, '
          'and which is a constant?',
  'ways': [{5: {'a.grad': 6.0},
            6: {'a.grad': 0.1111111111111111},
            7: {'a.grad': -0.4459526681260204},
            8: {'a.grad': -24.0}}]},
 {'question': 'pow',
  'hint': '__pow__ seems to raise the exponent to the base. Which of the two is self?',
  'ways': [{0: {'out.data': 8.0}, 1: {'out.data': 0.1111111111111111}, 2: {'out.data': 0.0625}}]},
 {'question': 'pow',
  'hint': 'Your gradient has a logarithm, as that of an exponential function. Here the base moves and the exponent '
          'is a constant.',
  'ways': [{5: {'a.grad': 4.943755299006494},
            'ValueError/': [6, 7],
            8: {'a.grad': -19.775021196025975},
            9: {'a.grad': 24.831265897019485}}]},
 {'question': 'pow',
  'hint': 'The factor in front of your gradient seems to be raised to the power as well. Look at the brackets.',
  'ways': [{6: {'a.grad': -54.0}, 9: {'a.grad': 50.5}}]},
 {'question': 'pow',
  'hint': 'The upstream gradient seems to be raised to a power too. Look at the brackets.',
  'ways': [{6: {'a.grad': 27.0}, 9: {'a.grad': 16.75}}]},
 {'question': 'pow',
  'hint': 'The gradient of your power seems to use out.data where the data of the base belongs.',
  'ways': [{5: {'a.grad': 9.0},
            6: {'a.grad': -288.0},
            7: {'a.grad': 2.25},
            8: {'a.grad': -36.0},
            9: {'a.grad': 1103.5}}]},
 {'question': 'pow',
  'hint': 'Your gradient lowers the factor in front and keeps the exponent. Differentiate x ** 3 on paper: which '
          'of the two becomes a 2?',
  'ways': [{5: {'a.grad': 4.5},
            6: {'a.grad': 24.0},
            7: {'a.grad': 1.125},
            8: {'a.grad': -18.0},
            9: {'a.grad': 37.0}}]},
 {'question': 'pow',
  'hint': 'The gradient of your power is its integral. What happens to the exponent when x ** 3 is differentiated?',
  'ways': [{5: {'a.grad': 4.5},
            6: {'a.grad': -6.0},
            7: {'a.grad': -0.28125},
            8: {'a.grad': -18.0},
            9: {'a.grad': 20.125}}]},
 {'question': 'pow',
  'hint': 'The gradient of your power is that of a sum: it is handed on as it came. By how much does x ** 3 change '
          'when x grows by a little?',
  'ways': [{5: {'a.grad': 0.5},
            6: {'a.grad': -1.5},
            7: {'a.grad': 2.0},
            8: {'a.grad': -2.0},
            9: {'a.grad': 10.5}}]},
 {'question': 'pow',
  'hint': '__pow__ seems to drop the sign of the base. What is (-2) ** 3?',
  'ways': [{1: {'out.data': 8.0}}]},
 {'question': 'pow',
  'hint': 'The gradient of your power seems to drop the sign of the base. On which side of 0 does x ** 2 fall when '
          'x grows?',
  'ways': [{7: {'a.grad': 3.0}}]},
 {'question': 'pow',
  'hint': 'The gradient of your power seems to be rounded down to a whole number. Is there a `//`?',
  'ways': [{7: {'a.grad': -4.0}}]},
 {'question': 'pow',
  'hint': '__pow__ seems to take a logarithm of the base, which a negative number does not have.',
  'ways': [{'ValueError/': [1, 6, 7]}]},
 {'question': 'pow',
  'hint': '__pow__ makes a new Value, but changes the data of the base as well. Compute the power without '
          'assigning to self.data.',
  'ways': [{3: {'is out a new Value?': 1, 'is a a child of out?': 1, 'a.data': 9.0},
            5: {'a.grad': 9.0},
            6: {'a.grad': -288.0},
            7: {'a.grad': 2.25},
            8: {'a.grad': -36.0},
            9: {'a.grad': 1103.5}}]},
 {'question': 'relu',
  'hint': 'relu seems to replace the gradient that an operand already has. Compare with the template: what does '
          '`+=` do there that `=` would not?',
  'ways': [{10: {}, 11: {'a.grad': -1.5}, 12: {'a.grad': 0.0}}]},
 {'question': 'relu',
  'hint': 'relu seems to leave out the upstream gradient. The local gradient says how out changes with the '
          'operand; out.grad says how the loss changes with out. The chain rule needs both.',
  'ways': [{6: {'a.grad': 1.0}, 8: {'a.grad': 1.0}, 9: {'a.grad': 1.0}, 10: {}, 11: {'a.grad': 11.0}}]},
 {'question': 'relu',
  'hint': 'relu seems to add the local gradient and the upstream gradient. How does the chain rule combine two '
          'rates of change that act one after the other?',
  'ways': [{6: {'a.grad': 1.5},
            7: {'a.grad': 0.5},
            8: {'a.grad': -0.5},
            9: {'a.grad': -0.5},
            10: {},
            11: {'a.grad': 9.5},
            12: {'a.grad': 10.5}}]},
 {'question': 'relu',
  'hint': 'relu seems to read the gradient of the operand where it needs the gradient of out. Which of the two has '
          'already been computed when _backward runs?',
  'ways': [{6: {'a.grad': 0.0}, 8: {'a.grad': 0.0}, 9: {'a.grad': 0.0}, 10: {}, 11: {'a.grad': 20.0}}]},
 {'question': 'relu',
  'hint': 'relu seems to multiply by out.data where the chain rule has out.grad, the upstream gradient.',
  'ways': [{6: {'a.grad': 3.0}, 8: {'a.grad': 2.0}, 9: {'a.grad': 3.0}, 10: {}, 11: {'a.grad': 13.0}}]},
 {'question': 'relu',
  'hint': 'relu seems to call its inner function instead of handing it over. `out._backward = _backward` stores '
          'the function for later; brackets after the name run it now, while out.grad is 0.',
  'ways': [{'TypeError/NoneType not callable': [6, 7, 8, 9, 10, 11, 12]}]},
 {'question': 'relu',
  'hint': 'relu gives its operands no gradient. Either out never receives the inner function: then the line that '
          'hands it over is missing, stands after a `return`, or has `_backward` misspelt, which makes a new '
          "attribute without a word. Or that function, when it runs later, adds nothing to an operand's `grad`.",
  'ways': [{6: {'a.grad': 0.0}, 8: {'a.grad': 0.0}, 9: {'a.grad': 0.0}, 10: {}, 11: {'a.grad': 10.0}}]},
 {'question': 'relu',
  'hint': 'relu seems not to record its operands as the children of out. Look at the second argument of Value in '
          'the template; an attribute by another name than `_prev` is not looked at.',
  'ways': [{4: {'is out a new Value?': 1, 'is a a child of out?': 0, 'a.data': 3.0},
            5: {'is out a new Value?': 1, 'is a a child of out?': 0, 'a.data': -4.0},
            10: {}}]},
 {'question': 'relu',
  'hint': 'relu seems to change the operand itself and to return it. Build a new Value for the result, as the '
          'template does.',
  'ways': [{4: {'is out a new Value?': 0, 'is a a child of out?': 0, 'a.data': 3.0},
            5: {'is out a new Value?': 0, 'is a a child of out?': 0, 'a.data': 0.0},
            7: {'a.grad': 0.5},
            10: {},
            11: {'a.grad': -1.5},
            12: {'a.grad': 0.5}}]},
 {'question': 'relu',
  'hint': 'relu seems to return a plain number. A number cannot remember its operands; wrap it as the template '
          'does.',
  'ways': [{'AttributeError/data of number': [0, 1, 2, 3],
            'AttributeError/_prev of number': [4, 5],
            'AttributeError/grad of number': [6, 7, 8, 9, 10, 11, 12]}]},
 {'question': 'relu',
  'hint': 'relu seems to return nothing. Look at the very last line of the template.',
  'ways': [{'AttributeError/attribute of NoneType': [0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12]}]},
 {'question': 'relu',
  'hint': 'The gradients of relu have the right size and the wrong sign. Where does your _backward subtract, or '
          'put a minus, that the chain rule does not have?',
  'ways': [{6: {'a.grad': -0.5}, 8: {'a.grad': 1.5}, 9: {'a.grad': 1.5}, 10: {}, 11: {'a.grad': 11.5}}]},
 {'question': 'relu',
  'hint': 'Each contribution of relu arrives doubled. Is a line of your _backward there twice, or a factor 2 that '
          'the chain rule does not have?',
  'ways': [{6: {'a.grad': 1.0}, 8: {'a.grad': -3.0}, 9: {'a.grad': -3.0}, 10: {}, 11: {'a.grad': 7.0}}]},
 {'question': 'relu',
  'hint': 'relu seems to multiply the gradient that an operand already has. That is 0 at first; how do '
          'contributions combine?',
  'ways': [{6: {'a.grad': 0.0},
            8: {'a.grad': -0.0},
            9: {'a.grad': -0.0},
            10: {},
            11: {'a.grad': -15.0},
            12: {'a.grad': 0.0}}]},
 {'question': 'relu',
  'hint': 'relu lets the gradient through where the data is negative and stops it where it is positive. On which '
          'side does the output follow the input?',
  'ways': [{6: {'a.grad': 0.0},
            7: {'a.grad': 0.5},
            8: {'a.grad': 0.0},
            9: {'a.grad': 0.0},
            10: {},
            11: {'a.grad': 10.0},
            12: {'a.grad': 10.5}}]},
 {'question': 'relu',
  'hint': 'relu lets every gradient through. On which side of 0 does the output not depend on the input at all?',
  'ways': [{7: {'a.grad': 0.5}, 10: {}, 12: {'a.grad': 10.5}}]},
 {'question': 'relu',
  'hint': 'relu multiplies the gradient by its output. What is the slope of the line that relu follows for '
          'positive data?',
  'ways': [{6: {'a.grad': 1.5}, 8: {'a.grad': -3.0}, 9: {'a.grad': -4.5}, 10: {}, 11: {'a.grad': 5.5}}]},
 {'question': 'relu',
  'hint': 'relu decides by the sign of the upstream gradient. Which number tells on which side of the kink the '
          'operand lies?',
  'ways': [{7: {'a.grad': 0.5},
            8: {'a.grad': 0.0},
            9: {'a.grad': 0.0},
            10: {},
            11: {'a.grad': 10.0},
            12: {'a.grad': 10.5}}]},
 {'question': 'relu',
  'hint': 'Your relu has its kink at 1. Where does max(0, x) change from one line to the other?',
  'ways': [{3: {'out.data': 0.0}, 10: {}}]},
 {'question': 'relu',
  'hint': 'Your relu turns negative data into positive data; that is the absolute value.',
  'ways': [{1: {'out.data': 4.0}, 7: {'a.grad': -0.5}, 10: {}, 12: {'a.grad': 9.5}}]},
 {'question': 'relu',
  'hint': 'relu seems to turn the gradient round where the data is negative. By how much does the output change '
          'there when the input changes by a little?',
  'ways': [{7: {'a.grad': -0.5}, 10: {}, 12: {'a.grad': 9.5}}]},
 {'question': 'relu',
  'hint': 'Your relu lets a little of the negative side through; that is the leaky variant.',
  'ways': [{1: {'out.data': -0.04}, 7: {'a.grad': 0.005}, 10: {}, 12: {'a.grad': 10.005}}]},
 {'question': 'relu',
  'hint': 'Your relu returns 1 where the data is positive. Which number should it keep there?',
  'ways': [{0: {'out.data': 1.0}, 3: {'out.data': 1.0}, 10: {}}]},
 {'question': 'relu',
  'hint': 'relu seems to return the operand itself where it is positive. Build a new Value for the result, as the '
          'template does.',
  'ways': [{4: {'is out a new Value?': 0, 'is a a child of out?': 0, 'a.data': 3.0},
            5: {'is out a new Value?': 1, 'is a a child of out?': 0, 'a.data': -4.0},
            10: {},
            11: {'a.grad': -1.5}}]},
 {'question': 'relu',
  'hint': 'Your relu keeps the negative side and drops the positive one.',
  'ways': [{0: {'out.data': 0.0},
            1: {'out.data': -4.0},
            3: {'out.data': 0.0},
            6: {'a.grad': 0.0},
            7: {'a.grad': 0.5},
            8: {'a.grad': 0.0},
            9: {'a.grad': 0.0},
            10: {},
            11: {'a.grad': 10.0},
            12: {'a.grad': 10.5}}]},
 {'question': 'relu',
  'hint': 'relu keeps the gradient that a negative operand has, and replaces that of a positive one. What does '
          '`+=` do in the template that `=` would not?',
  'ways': [{10: {}, 11: {'a.grad': -1.5}}]},
 {'question': 'relu',
  'hint': 'relu seems to set the gradient of a negative operand to 0. Nothing is added to it here, but what other '
          'paths brought must stay.',
  'ways': [{10: {}, 12: {'a.grad': 0.0}}]},
 {'question': 'relu',
  'hint': "relu decides by the sign of the operand's own gradient. Which number tells on which side of the kink "
          'the operand lies?',
  'ways': [{6: {'a.grad': 0.0}, 8: {'a.grad': 0.0}, 9: {'a.grad': 0.0}, 10: {}, 12: {'a.grad': 10.5}}]},
 {'question': 'relu',
  'hint': 'relu stops negative gradients on the positive side, too. There the output follows the input, whichever '
          'sign the gradient has.',
  'ways': [{8: {'a.grad': 0.0}, 9: {'a.grad': 0.0}, 10: {}, 11: {'a.grad': 10.0}}]},
 {'question': 'relu',
  'hint': 'Your gradient fails where the data is exactly 0: it divides by it. Compare instead of dividing.',
  'ways': [{'ZeroDivisionError/': [10]}]},
 {'question': 'relu',
  'hint': 'Your relu lets a tenth of the negative side through; that is the leaky variant.',
  'ways': [{1: {'out.data': -0.4}, 7: {'a.grad': 0.05}, 10: {}, 12: {'a.grad': 10.05}}]},
 {'question': 'relu',
  'hint': 'The value of your relu is right; its gradient is that of the leaky variant.',
  'ways': [{7: {'a.grad': 0.005}, 10: {}, 12: {'a.grad': 10.005}}]},
 {'question': 'relu',
  'hint': 'Your relu hands the data on unchanged. What should become of a negative number?',
  'ways': [{1: {'out.data': -4.0}, 10: {}}]},
 {'question': 'relu',
  'hint': 'The gradient of your relu is right; its value is the absolute value.',
  'ways': [{1: {'out.data': 4.0}, 10: {}}]},
 {'question': 'relu',
  'hint': 'The gradient of your relu is right; its value keeps the negative side and drops the positive one.',
  'ways': [{0: {'out.data': 0.0}, 1: {'out.data': -4.0}, 3: {'out.data': 0.0}, 10: {}}]},
 {'question': 'relu',
  'hint': 'The value of your relu is never below 1. With which number must the data be compared?',
  'ways': [{1: {'out.data': 1.0}, 2: {'out.data': 1.0}, 3: {'out.data': 1.0}, 10: {}}]},
 {'question': 'relu',
  'hint': 'Your relu is softplus, its smooth cousin. Where has relu a kink?',
  'ways': [{0: {'out.data': 3.048587351573742},
            1: {'out.data': 0.018149927917809738},
            2: {'out.data': 0.6931471805599453},
            3: {'out.data': 0.8259394198788436},
            6: {'a.grad': 0.4762870634112167},
            7: {'a.grad': 0.00899310498104578},
            8: {'a.grad': -1.3211956169668235},
            9: {'a.grad': -1.42886119023365},
            10: {},
            11: {'a.grad': 8.57113880976635},
            12: {'a.grad': 10.008993104981046}}]},
 {'question': 'relu',
  'hint': 'Your relu is the logistic function. What does relu do with a large number?',
  'ways': [{0: {'out.data': 0.9525741268224334},
            1: {'out.data': 0.01798620996209156},
            2: {'out.data': 0.5},
            3: {'out.data': 0.5621765008857981},
            6: {'a.grad': 0.022588329865456},
            7: {'a.grad': 0.008831353106645559},
            8: {'a.grad': -0.15749037810525993},
            9: {'a.grad': -0.067764989596368},
            10: {},
            11: {'a.grad': 9.932235010403632},
            12: {'a.grad': 10.008831353106645}}]},
 {'question': 'relu',
  'hint': 'Your relu is the hyperbolic tangent. What does relu do with a large number?',
  'ways': [{0: {'out.data': 0.9950547536867305},
            1: {'out.data': -0.999329299739067},
            3: {'out.data': 0.24491866240370913},
            6: {'a.grad': 0.004933018582720106},
            7: {'a.grad': 0.0006704753415129328},
            8: {'a.grad': -0.10597623727974664},
            9: {'a.grad': -0.014799055748160317},
            10: {},
            11: {'a.grad': 9.98520094425184},
            12: {'a.grad': 10.000670475341513}}]},
 {'question': 'relu',
  'hint': 'Your relu has an exponential on the negative side; that is another variant.',
  'ways': [{1: {'out.data': -0.9816843611112658},
            7: {'a.grad': 0.00915781944436709},
            10: {},
            12: {'a.grad': 10.009157819444367}}]},
 {'question': 'relu',
  'hint': 'relu records its operand only where that is positive. The graph is the same on both sides of 0.',
  'ways': [{5: {'is out a new Value?': 1, 'is a a child of out?': 0, 'a.data': -4.0}, 10: {}}]},
 {'question': 'relu',
  'hint': 'relu makes a new Value, but changes the data of its operand as well. Compute the result without '
          'assigning to self.data.',
  'ways': [{5: {'is out a new Value?': 1, 'is a a child of out?': 1, 'a.data': 0.0}, 10: {}}]},
 {'question': 'mul',
  'hint': '__mul__ hands more to Value than it takes. In this notebook that is the number and one single tuple '
          'with the children, as in the template: children that stand side by side need brackets of their own, and '
          'the name of the operation, which other tutorials add, has no place here.',
  'ways': [{'TypeError/too many arguments of Value': [0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11]}]},
 {'question': 'mul',
  'hint': '__mul__ hands something to Value by a name that this Value does not know. Other tutorials have `_op` or '
          '`label`; here Value takes the number and the tuple of children, and nothing else.',
  'ways': [{'TypeError/unknown argument of Value': [0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11]}]},
 {'question': 'mul',
  'hint': '__mul__ makes a Value without a number. Compute the number first, and hand it to Value as the template '
          'does.',
  'ways': [{'TypeError/missing argument of Value': [0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11]}]},
 {'question': 'mul',
  'hint': '__mul__ hands over a Value where a tuple of children belongs. In Python `(self)` is just `self`: it is '
          'the comma that makes the tuple, `(self,)`.',
  'ways': [{'TypeError/Value not iterable': [0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11]}]},
 {'question': 'mul',
  'hint': 'In __mul__ something that takes several things was given a single number. `max` compares two numbers, '
          'so it needs both; and the children of a Value are a tuple of Values.',
  'ways': [{'TypeError/number not iterable': [0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11]}]},
 {'question': 'mul',
  'hint': '__mul__ hands a tuple to Value where the number belongs. Count the brackets: the tuple of children is '
          'the second argument, outside the expression of the number.',
  'ways': [{'TypeError/tuple as number': [0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11]}]},
 {'question': 'mul',
  'hint': '__mul__ computes with a Value where Python needs the plain number that it holds. Where is `.data` '
          'missing?',
  'ways': [{'TypeError/Value as number': [0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11]}]},
 {'question': 'mul',
  'hint': '__mul__ copes with a plain number on its right-hand side, but takes a Value there for a number too. '
          'What does the template do first, so that it can ask every operand for its `.data`?',
  'ways': [{'TypeError/Value as number': [0, 1, 2, 6, 7, 8, 9, 10, 11]}]},
 {'question': 'mul',
  'hint': 'The inner function of __mul__ computes with a Value where a plain number belongs: gradients are '
          'numbers. Where is `.data` missing?',
  'ways': [{'TypeError/Value as number': [8, 9, 10, 11]}, {'TypeError/Value as exponent': [8, 9, 10, 11]},
           {8: {'a.grad': 'an object of type Value', 'b.grad': 'an object of type Value'},
            9: {'a.grad': 'an object of type Value', 'b.grad': 'an object of type Value'},
            10: {'a.grad': 'an object of type Value', 'b.grad': 'an object of type Value'},
            11: {'a.grad': 'an object of type Value', 'b.grad': 'an object of type Value'}},
           {8: {'a.grad': 'an object of type Value', 'b.grad': 1.5},
            9: {'a.grad': 'an object of type Value', 'b.grad': 3.1875},
            10: {'a.grad': 'an object of type Value', 'b.grad': -6.0},
            11: {'a.grad': 'an object of type Value', 'b.grad': -18.5}},
           {8: {'a.grad': -2.0, 'b.grad': 'an object of type Value'},
            9: {'a.grad': -5.3125, 'b.grad': 'an object of type Value'},
            10: {'a.grad': 8.0, 'b.grad': 'an object of type Value'},
            11: {'a.grad': 8.0, 'b.grad': 'an object of type Value'}}]},
 {'question': 'mul',
  'hint': '__mul__ asks a plain number for `.data`, which only a Value has. Which of the names in that line are '
          'Values, and which are numbers already?',
  'ways': [{'AttributeError/data of number': [0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11]}]},
 {'question': 'mul',
  'hint': 'In __mul__, `out` is a plain number, which can remember neither children nor a `_backward`. Wrap the '
          'result in a new Value, as the template does.',
  'ways': [{'AttributeError/_backward of number': [0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11]},
           {'AttributeError/_prev of number': [0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11]},
           {'AttributeError/grad of number': [0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11]}]},
 {'question': 'mul',
  'hint': 'In __mul__, `out` is a tuple: it is a comma that makes one. Is the word Value missing before the '
          'brackets, or is there a comma too many at the end of a line?',
  'ways': [{'AttributeError/attribute of tuple': [0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11]}]},
 {'question': 'mul',
  'hint': 'The inner function of __mul__ asks a plain number for `.data` or `.grad`, which only a Value has. '
          '`self.data` and `out.grad` are numbers already, and a constant has no gradient.',
  'ways': [{'AttributeError/data of number': [8, 9, 10, 11]}, {'AttributeError/grad of number': [8, 9, 10, 11]}]},
 {'question': 'mul',
  'hint': '__mul__ asks a Value for an attribute that it does not have. It has `data`, `grad`, `_prev` and '
          '`_backward`: is one of them misspelt?',
  'ways': [{'AttributeError/attribute of Value': [0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11]}]},
 {'question': 'mul',
  'hint': 'The inner function of __mul__ asks a Value for an attribute that it does not have. It has `data`, '
          '`grad`, `_prev` and `_backward`: is one of them misspelt?',
  'ways': [{'AttributeError/attribute of Value': [8, 9, 10, 11]}]},
 {'question': 'mul',
  'hint': 'In __mul__ a name is read before it has a value. A function that assigns to a name anywhere owns that '
          'name everywhere: put the assignment before the line that reads it, on every path.',
  'ways': [{'UnboundLocalError/': [0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11]}]},
 {'question': 'mul',
  'hint': 'The inner function of __mul__ assigns to a name, and reads it before that. By assigning, it makes the '
          'name its own, and no longer sees the one outside. Does it have to assign to that name at all? Gradients '
          'go into attributes, such as `self.grad`.',
  'ways': [{'UnboundLocalError/': [8, 9, 10, 11]}]},
 {'question': 'mul',
  'hint': '__mul__ uses a name that nothing was given. Is it misspelt, or is it imported in no cell?',
  'ways': [{'NameError/': [0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11]}]},
 {'question': 'mul',
  'hint': 'The inner function of __mul__ uses a name that nothing was given. It sees the names of __mul__ around '
          'it: is one of them misspelt, or called otherwise there?',
  'ways': [{'NameError/': [8, 9, 10, 11]}]},
 {'question': 'mul',
  'hint': '__mul__ calls itself without end: the operator that it is to define is used inside it, on a Value. '
          'Compute with the plain numbers, `.data`.',
  'ways': [{'RecursionError/': [0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11]}]},
 {'question': 'mul',
  'hint': 'The inner function of __mul__ calls itself without end. It only hands the gradient to the operands; '
          'going on from there is the work of backward().',
  'ways': [{'RecursionError/': [8, 9, 10, 11]}]},
 {'question': 'mul',
  'hint': 'A function in __mul__ is called with fewer or more arguments than it has parameters. Compare the line '
          'with `def __mul__` with the one in the blank cell.',
  'ways': [{'TypeError/too many arguments': [0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11]},
           {'TypeError/missing argument': [0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11]}]},
 {'question': 'mul',
  'hint': 'The inner function of __mul__ has a parameter. backward() calls it without arguments: it sees `self` '
          'and `out` by itself, as it is defined where they are.',
  'ways': [{'TypeError/missing argument': [8, 9, 10, 11]}]},
 {'question': 'mul',
  'hint': 'In __mul__ a plain number is called as if it were a function. Is there a `*` missing before a bracket, '
          'or is something else than a function stored as `_backward`?',
  'ways': [{'TypeError/number not callable': [0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11]},
           {'TypeError/number not callable': [8, 9, 10, 11]}]},
 {'question': 'mul',
  'hint': 'In __mul__ a Value is called as if it were a function. Is there a `*` missing before a bracket, or is a '
          'Value stored as `_backward`, in place of the inner function?',
  'ways': [{'TypeError/Value not callable': [0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11]},
           {'TypeError/Value not callable': [8, 9, 10, 11]}]},
 {'question': 'pow',
  'hint': '__pow__ hands more to Value than it takes. In this notebook that is the number and one single tuple '
          'with the children, as in the template: children that stand side by side need brackets of their own, and '
          'the name of the operation, which other tutorials add, has no place here.',
  'ways': [{'TypeError/too many arguments of Value': [0, 1, 2, 3, 4, 5, 6, 7, 8, 9]}]},
 {'question': 'pow',
  'hint': '__pow__ hands something to Value by a name that this Value does not know. Other tutorials have `_op` or '
          '`label`; here Value takes the number and the tuple of children, and nothing else.',
  'ways': [{'TypeError/unknown argument of Value': [0, 1, 2, 3, 4, 5, 6, 7, 8, 9]}]},
 {'question': 'pow',
  'hint': '__pow__ makes a Value without a number. Compute the number first, and hand it to Value as the template '
          'does.',
  'ways': [{'TypeError/missing argument of Value': [0, 1, 2, 3, 4, 5, 6, 7, 8, 9]}]},
 {'question': 'pow',
  'hint': '__pow__ hands over a Value where a tuple of children belongs. In Python `(self)` is just `self`: it is '
          'the comma that makes the tuple, `(self,)`.',
  'ways': [{'TypeError/Value not iterable': [0, 1, 2, 3, 4, 5, 6, 7, 8, 9]}]},
 {'question': 'pow',
  'hint': 'In __pow__ something that takes several things was given a single number. `max` compares two numbers, '
          'so it needs both; and the children of a Value are a tuple of Values.',
  'ways': [{'TypeError/number not iterable': [0, 1, 2, 3, 4, 5, 6, 7, 8, 9]}]},
 {'question': 'pow',
  'hint': '__pow__ hands a tuple to Value where the number belongs. Count the brackets: the tuple of children is '
          'the second argument, outside the expression of the number.',
  'ways': [{'TypeError/tuple as number': [0, 1, 2, 3, 4, 5, 6, 7, 8, 9]}]},
 {'question': 'pow',
  'hint': '__pow__ computes with a Value where Python needs the plain number that it holds. Where is `.data` '
          'missing?',
  'ways': [{'TypeError/Value as number': [0, 1, 2, 3, 4, 5, 6, 7, 8, 9]}]},
 {'question': 'pow',
  'hint': 'The exponent became a Value. It is a plain number, a constant: take it as it is, without wrapping it as '
          'the template does with the second operand.',
  'ways': [{'TypeError/Value as exponent': [0, 1, 2, 3, 4, 5, 6, 7, 8, 9]}]},
 {'question': 'pow',
  'hint': 'The inner function of __pow__ computes with a Value where a plain number belongs: gradients are '
          'numbers. Where is `.data` missing?',
  'ways': [{'TypeError/Value as number': [5, 6, 7, 8, 9]}, {'TypeError/Value as exponent': [5, 6, 7, 8, 9]},
           {5: {'a.grad': 'an object of type Value'},
            6: {'a.grad': 'an object of type Value'},
            7: {'a.grad': 'an object of type Value'},
            8: {'a.grad': 'an object of type Value'},
            9: {'a.grad': 'an object of type Value'}}]},
 {'question': 'pow',
  'hint': '__pow__ asks a plain number for `.data`, which only a Value has. Which of the names in that line are '
          'Values, and which are numbers already?',
  'ways': [{'AttributeError/data of number': [0, 1, 2, 3, 4, 5, 6, 7, 8, 9]}]},
 {'question': 'pow',
  'hint': 'In __pow__, `out` is a plain number, which can remember neither children nor a `_backward`. Wrap the '
          'result in a new Value, as the template does.',
  'ways': [{'AttributeError/_backward of number': [0, 1, 2, 3, 4, 5, 6, 7, 8, 9]},
           {'AttributeError/_prev of number': [0, 1, 2, 3, 4, 5, 6, 7, 8, 9]},
           {'AttributeError/grad of number': [0, 1, 2, 3, 4, 5, 6, 7, 8, 9]}]},
 {'question': 'pow',
  'hint': 'In __pow__, `out` is a tuple: it is a comma that makes one. Is the word Value missing before the '
          'brackets, or is there a comma too many at the end of a line?',
  'ways': [{'AttributeError/attribute of tuple': [0, 1, 2, 3, 4, 5, 6, 7, 8, 9]}]},
 {'question': 'pow',
  'hint': 'The inner function of __pow__ asks a plain number for `.data` or `.grad`, which only a Value has. '
          '`self.data` and `out.grad` are numbers already, and a constant has no gradient.',
  'ways': [{'AttributeError/data of number': [5, 6, 7, 8, 9]}, {'AttributeError/grad of number': [5, 6, 7, 8, 9]}]},
 {'question': 'pow',
  'hint': '__pow__ asks a Value for an attribute that it does not have. It has `data`, `grad`, `_prev` and '
          '`_backward`: is one of them misspelt?',
  'ways': [{'AttributeError/attribute of Value': [0, 1, 2, 3, 4, 5, 6, 7, 8, 9]}]},
 {'question': 'pow',
  'hint': 'The inner function of __pow__ asks a Value for an attribute that it does not have. It has `data`, '
          '`grad`, `_prev` and `_backward`: is one of them misspelt?',
  'ways': [{'AttributeError/attribute of Value': [5, 6, 7, 8, 9]}]},
 {'question': 'pow',
  'hint': 'In __pow__ a name is read before it has a value. A function that assigns to a name anywhere owns that '
          'name everywhere: put the assignment before the line that reads it, on every path.',
  'ways': [{'UnboundLocalError/': [0, 1, 2, 3, 4, 5, 6, 7, 8, 9]}]},
 {'question': 'pow',
  'hint': 'The inner function of __pow__ assigns to a name, and reads it before that. By assigning, it makes the '
          'name its own, and no longer sees the one outside. Does it have to assign to that name at all? Gradients '
          'go into attributes, such as `self.grad`.',
  'ways': [{'UnboundLocalError/': [5, 6, 7, 8, 9]}]},
 {'question': 'pow',
  'hint': '__pow__ uses a name that nothing was given. Is it misspelt, or is it imported in no cell?',
  'ways': [{'NameError/': [0, 1, 2, 3, 4, 5, 6, 7, 8, 9]}]},
 {'question': 'pow',
  'hint': 'The inner function of __pow__ uses a name that nothing was given. It sees the names of __pow__ around '
          'it: is one of them misspelt, or called otherwise there?',
  'ways': [{'NameError/': [5, 6, 7, 8, 9]}]},
 {'question': 'pow',
  'hint': '__pow__ calls itself without end: the operator that it is to define is used inside it, on a Value. '
          'Compute with the plain numbers, `.data`.',
  'ways': [{'RecursionError/': [0, 1, 2, 3, 4, 5, 6, 7, 8, 9]}]},
 {'question': 'pow',
  'hint': 'The inner function of __pow__ calls itself without end. It only hands the gradient to the operands; '
          'going on from there is the work of backward().',
  'ways': [{'RecursionError/': [5, 6, 7, 8, 9]}]},
 {'question': 'pow',
  'hint': 'A function in __pow__ is called with fewer or more arguments than it has parameters. Compare the line '
          'with `def __pow__` with the one in the blank cell.',
  'ways': [{'TypeError/too many arguments': [0, 1, 2, 3, 4, 5, 6, 7, 8, 9]},
           {'TypeError/missing argument': [0, 1, 2, 3, 4, 5, 6, 7, 8, 9]}]},
 {'question': 'pow',
  'hint': 'The inner function of __pow__ has a parameter. backward() calls it without arguments: it sees `self` '
          'and `out` by itself, as it is defined where they are.',
  'ways': [{'TypeError/missing argument': [5, 6, 7, 8, 9]}]},
 {'question': 'pow',
  'hint': 'In __pow__ a plain number is called as if it were a function. Is there a `*` missing before a bracket, '
          'or is something else than a function stored as `_backward`?',
  'ways': [{'TypeError/number not callable': [0, 1, 2, 3, 4, 5, 6, 7, 8, 9]},
           {'TypeError/number not callable': [5, 6, 7, 8, 9]}]},
 {'question': 'pow',
  'hint': 'In __pow__ a Value is called as if it were a function. Is there a `*` missing before a bracket, or is a '
          'Value stored as `_backward`, in place of the inner function?',
  'ways': [{'TypeError/Value not callable': [0, 1, 2, 3, 4, 5, 6, 7, 8, 9]},
           {'TypeError/Value not callable': [5, 6, 7, 8, 9]}]},
 {'question': 'relu',
  'hint': 'relu hands more to Value than it takes. In this notebook that is the number and one single tuple with '
          'the children, as in the template: children that stand side by side need brackets of their own, and the '
          'name of the operation, which other tutorials add, has no place here.',
  'ways': [{'TypeError/too many arguments of Value': [0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12]},
           {'TypeError/too many arguments of Value': [0, 3, 4, 6, 8, 9, 11], 10: {}},
           {'TypeError/too many arguments of Value': [1, 2, 5, 7, 10, 12]}]},
 {'question': 'relu',
  'hint': 'relu hands something to Value by a name that this Value does not know. Other tutorials have `_op` or '
          '`label`; here Value takes the number and the tuple of children, and nothing else.',
  'ways': [{'TypeError/unknown argument of Value': [0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12]},
           {'TypeError/unknown argument of Value': [0, 3, 4, 6, 8, 9, 11], 10: {}},
           {'TypeError/unknown argument of Value': [1, 2, 5, 7, 10, 12]}]},
 {'question': 'relu',
  'hint': 'relu makes a Value without a number. Compute the number first, and hand it to Value as the template '
          'does.',
  'ways': [{'TypeError/missing argument of Value': [0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12]},
           {'TypeError/missing argument of Value': [0, 3, 4, 6, 8, 9, 11], 10: {}},
           {'TypeError/missing argument of Value': [1, 2, 5, 7, 10, 12]}]},
 {'question': 'relu',
  'hint': 'relu hands over a Value where a tuple of children belongs. In Python `(self)` is just `self`: it is the '
          'comma that makes the tuple, `(self,)`.',
  'ways': [{'TypeError/Value not iterable': [0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12]},
           {'TypeError/Value not iterable': [0, 3, 4, 6, 8, 9, 11], 10: {}},
           {'TypeError/Value not iterable': [1, 2, 5, 7, 10, 12]}]},
 {'question': 'relu',
  'hint': 'In relu something that takes several things was given a single number. `max` compares two numbers, so '
          'it needs both; and the children of a Value are a tuple of Values.',
  'ways': [{'TypeError/number not iterable': [0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12]},
           {'TypeError/number not iterable': [0, 3, 4, 6, 8, 9, 11], 10: {}},
           {'TypeError/number not iterable': [1, 2, 5, 7, 10, 12]}]},
 {'question': 'relu',
  'hint': 'relu hands a tuple to Value where the number belongs. Count the brackets: the tuple of children is the '
          'second argument, outside the expression of the number.',
  'ways': [{'TypeError/tuple as number': [0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12]},
           {'TypeError/tuple as number': [0, 3, 4, 6, 8, 9, 11], 10: {}},
           {'TypeError/tuple as number': [1, 2, 5, 7, 10, 12]}]},
 {'question': 'relu',
  'hint': 'relu computes with a Value where Python needs the plain number that it holds. Where is `.data` missing?',
  'ways': [{'TypeError/Value as number': [0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12]},
           {'TypeError/Value as number': [0, 3, 4, 6, 8, 9, 11], 10: {}},
           {'TypeError/Value as number': [1, 2, 5, 7, 10, 12]}]},
 {'question': 'relu',
  'hint': 'The inner function of relu computes with a Value where a plain number belongs: gradients are numbers. '
          'Where is `.data` missing?',
  'ways': [{'TypeError/Value as number': [6, 7, 8, 9, 10, 11, 12]},
           {'TypeError/Value as number': [6, 8, 9, 11], 10: {}},
           {'TypeError/Value as exponent': [6, 7, 8, 9, 10, 11, 12]},
           {'TypeError/Value as exponent': [6, 8, 9, 11], 10: {}},
           {6: {'a.grad': 'an object of type Value'},
            7: {'a.grad': 'an object of type Value'},
            8: {'a.grad': 'an object of type Value'},
            9: {'a.grad': 'an object of type Value'},
            10: {},
            11: {'a.grad': 'an object of type Value'},
            12: {'a.grad': 'an object of type Value'}}]},
 {'question': 'relu',
  'hint': 'relu asks a plain number for `.data`, which only a Value has. Which of the names in that line are '
          'Values, and which are numbers already?',
  'ways': [{'AttributeError/data of number': [0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12]},
           {'AttributeError/data of number': [0, 3, 4, 6, 8, 9, 11], 10: {}},
           {'AttributeError/data of number': [1, 2, 5, 7, 10, 12]}]},
 {'question': 'relu',
  'hint': 'In relu, `out` is a plain number, which can remember neither children nor a `_backward`. Wrap the '
          'result in a new Value, as the template does.',
  'ways': [{'AttributeError/_backward of number': [0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12]},
           {'AttributeError/_backward of number': [0, 3, 4, 6, 8, 9, 11], 10: {}},
           {'AttributeError/_backward of number': [1, 2, 5, 7, 10, 12]},
           {'AttributeError/_prev of number': [0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12]},
           {'AttributeError/_prev of number': [0, 3, 4, 6, 8, 9, 11], 10: {}},
           {'AttributeError/_prev of number': [1, 2, 5, 7, 10, 12]},
           {'AttributeError/grad of number': [0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12]},
           {'AttributeError/grad of number': [0, 3, 4, 6, 8, 9, 11], 10: {}},
           {'AttributeError/grad of number': [1, 2, 5, 7, 10, 12]}]},
 {'question': 'relu',
  'hint': 'In relu, `out` is a tuple: it is a comma that makes one. Is the word Value missing before the brackets, '
          'or is there a comma too many at the end of a line?',
  'ways': [{'AttributeError/attribute of tuple': [0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12]},
           {'AttributeError/attribute of tuple': [0, 3, 4, 6, 8, 9, 11], 10: {}},
           {'AttributeError/attribute of tuple': [1, 2, 5, 7, 10, 12]}]},
 {'question': 'relu',
  'hint': 'The inner function of relu asks a plain number for `.data` or `.grad`, which only a Value has. '
          '`self.data` and `out.grad` are numbers already, and a constant has no gradient.',
  'ways': [{'AttributeError/data of number': [6, 7, 8, 9, 10, 11, 12]},
           {'AttributeError/data of number': [6, 8, 9, 11], 10: {}},
           {'AttributeError/grad of number': [6, 7, 8, 9, 10, 11, 12]},
           {'AttributeError/grad of number': [6, 8, 9, 11], 10: {}}]},
 {'question': 'relu',
  'hint': 'relu asks a Value for an attribute that it does not have. It has `data`, `grad`, `_prev` and '
          '`_backward`: is one of them misspelt?',
  'ways': [{'AttributeError/attribute of Value': [0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12]},
           {'AttributeError/attribute of Value': [0, 3, 4, 6, 8, 9, 11], 10: {}},
           {'AttributeError/attribute of Value': [1, 2, 5, 7, 10, 12]}]},
 {'question': 'relu',
  'hint': 'The inner function of relu asks a Value for an attribute that it does not have. It has `data`, `grad`, '
          '`_prev` and `_backward`: is one of them misspelt?',
  'ways': [{'AttributeError/attribute of Value': [6, 7, 8, 9, 10, 11, 12]},
           {'AttributeError/attribute of Value': [6, 8, 9, 11], 10: {}}]},
 {'question': 'relu',
  'hint': 'In relu a name is read before it has a value. A function that assigns to a name anywhere owns that name '
          'everywhere: put the assignment before the line that reads it, on every path.',
  'ways': [{'UnboundLocalError/': [0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12]},
           {'UnboundLocalError/': [0, 3, 4, 6, 8, 9, 11], 10: {}}, {'UnboundLocalError/': [1, 2, 5, 7, 10, 12]}]},
 {'question': 'relu',
  'hint': 'The inner function of relu assigns to a name, and reads it before that. By assigning, it makes the name '
          'its own, and no longer sees the one outside. Does it have to assign to that name at all? Gradients go '
          'into attributes, such as `self.grad`.',
  'ways': [{'UnboundLocalError/': [6, 7, 8, 9, 10, 11, 12]}, {'UnboundLocalError/': [6, 8, 9, 11], 10: {}}]},
 {'question': 'relu',
  'hint': 'relu uses a name that nothing was given. Is it misspelt, or is it imported in no cell?',
  'ways': [{'NameError/': [0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12]},
           {'NameError/': [0, 3, 4, 6, 8, 9, 11], 10: {}}, {'NameError/': [1, 2, 5, 7, 10, 12]}]},
 {'question': 'relu',
  'hint': 'The inner function of relu uses a name that nothing was given. It sees the names of relu around it: is '
          'one of them misspelt, or called otherwise there?',
  'ways': [{'NameError/': [6, 7, 8, 9, 10, 11, 12]}, {'NameError/': [6, 8, 9, 11], 10: {}}]},
 {'question': 'relu',
  'hint': 'relu calls itself without end: the operator that it is to define is used inside it, on a Value. Compute '
          'with the plain numbers, `.data`.',
  'ways': [{'RecursionError/': [0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12]},
           {'RecursionError/': [0, 3, 4, 6, 8, 9, 11], 10: {}}, {'RecursionError/': [1, 2, 5, 7, 10, 12]}]},
 {'question': 'relu',
  'hint': 'The inner function of relu calls itself without end. It only hands the gradient to the operands; going '
          'on from there is the work of backward().',
  'ways': [{'RecursionError/': [6, 7, 8, 9, 10, 11, 12]}, {'RecursionError/': [6, 8, 9, 11], 10: {}}]},
 {'question': 'relu',
  'hint': 'A function in relu is called with fewer or more arguments than it has parameters. Compare the line with '
          '`def relu` with the one in the blank cell.',
  'ways': [{'TypeError/too many arguments': [0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12]},
           {'TypeError/too many arguments': [0, 3, 4, 6, 8, 9, 11], 10: {}},
           {'TypeError/too many arguments': [1, 2, 5, 7, 10, 12]},
           {'TypeError/missing argument': [0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12]},
           {'TypeError/missing argument': [0, 3, 4, 6, 8, 9, 11], 10: {}},
           {'TypeError/missing argument': [1, 2, 5, 7, 10, 12]}]},
 {'question': 'relu',
  'hint': 'The inner function of relu has a parameter. backward() calls it without arguments: it sees `self` and '
          '`out` by itself, as it is defined where they are.',
  'ways': [{'TypeError/missing argument': [6, 7, 8, 9, 10, 11, 12]},
           {'TypeError/missing argument': [6, 8, 9, 11], 10: {}}]},
 {'question': 'relu',
  'hint': 'In relu a plain number is called as if it were a function. Is there a `*` missing before a bracket, or '
          'is something else than a function stored as `_backward`?',
  'ways': [{'TypeError/number not callable': [0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12]},
           {'TypeError/number not callable': [0, 3, 4, 6, 8, 9, 11], 10: {}},
           {'TypeError/number not callable': [1, 2, 5, 7, 10, 12]},
           {'TypeError/number not callable': [6, 7, 8, 9, 10, 11, 12]},
           {'TypeError/number not callable': [6, 8, 9, 11], 10: {}}]},
 {'question': 'relu',
  'hint': 'In relu a Value is called as if it were a function. Is there a `*` missing before a bracket, or is a '
          'Value stored as `_backward`, in place of the inner function?',
  'ways': [{'TypeError/Value not callable': [0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12]},
           {'TypeError/Value not callable': [0, 3, 4, 6, 8, 9, 11], 10: {}},
           {'TypeError/Value not callable': [1, 2, 5, 7, 10, 12]},
           {'TypeError/Value not callable': [6, 7, 8, 9, 10, 11, 12]},
           {'TypeError/Value not callable': [6, 8, 9, 11], 10: {}}]}]


# fmt: on
if __name__ == "__main__":
    main(sys.argv[1:])
