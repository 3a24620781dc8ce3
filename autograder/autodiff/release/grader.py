"""The public checks of the notebook "Automatic differentiation from scratch".

In the notebook, run ``grader.check("mul")``; in a terminal, ``pytest`` or ``python grader.py``. Everything runs in your
own Python, on what you have defined, and nothing is sent anywhere. The hidden checks run when you submit.
"""

from __future__ import annotations

import ast
import bisect  # noqa: F401 - for what is filled in
import gc  # noqa: F401 - for what is filled in
import html
import itertools  # noqa: F401 - for what is filled in
import json
import linecache
import math
import operator  # noqa: F401 - for what is filled in
import os
import random  # noqa: F401 - for what is filled in
import re
import sys
import traceback
import unicodedata  # noqa: F401 - for what is filled in
import warnings  # noqa: F401 - for what is filled in
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence  # noqa: F401 - for what is filled in
from contextlib import contextmanager
from dataclasses import dataclass, replace
from decimal import Decimal
from fractions import Fraction
from itertools import combinations  # noqa: F401 - for what is filled in
from numbers import Real
from pathlib import Path
from types import FunctionType, SimpleNamespace
from typing import Any, NamedTuple  # noqa: F401 - for what is filled in

NOTEBOOK = Path(__file__).with_name("autodiff.ipynb")
Measured = dict[str, Any]

PASSED, FAILED, NOT_ATTEMPTED, NOT_REACHED = "passed", "failed", "not attempted", "not reached"
MARKS = {PASSED: "✓", FAILED: "✗", NOT_ATTEMPTED: "–", NOT_REACHED: "–"}


def check(question: str = "") -> Result | Help:
    """Run the public checks of a question on what the notebook has defined so far."""
    if question not in QUESTIONS:
        return Help(question)
    result = check_in(vars(sys.modules["__main__"]), question)
    return replace(result, notes=[*(f"– {told}" for told in _saved().notes), *result.notes])


def check_in(namespace: Mapping[str, Any], question: str) -> Result:
    """Run the public checks of a question on the names in ``namespace``."""
    known: dict[str, Outcome] = {}
    outcomes = [run(row, namespace, known) for row in CHECKS if row["question"] == question]
    notes = _choice_notes(namespace) if question == "test_vs_train" else []
    return Result(question, outcomes, [*notes, *_method_notes(question, namespace)])


# --- what a student sees ------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Stop:
    """An exception in words, and the student's own line where it arose."""

    kind: type
    words: str
    place: str

    @classmethod
    def of(cls, error: Exception) -> Stop:
        """The stop that an exception is."""
        own = [frame for frame in traceback.extract_tb(error.__traceback__) if frame.filename != __file__]
        place = f"in {own[-1].name}, line {own[-1].lineno}: {own[-1].line}" if own else ""
        return cls(type(error), traceback.format_exception_only(type(error), error)[-1].strip(), place)

    def again(self, before: Stop | None) -> str:
        """What is said of it where ``before`` was told already; nothing if it is another one."""
        if before is None or before.kind is not self.kind:
            return ""
        if before.place == self.place != "":
            return "Stops at the same line as above."
        return "Stops with the same error as above." if before.words == self.words else ""

    def __str__(self) -> str:
        return f"{self.words} ({self.place})" if self.place else self.words


@dataclass(frozen=True)
class Outcome:
    """How one check came out, and what a student should know about it, line by line.

    ``stop`` is the exception that ended it, if one did.
    """

    row: Mapping[str, Any]
    state: str
    message: str = ""
    hint: str = ""
    stop: Stop | None = None

    def headline(self) -> str:
        """The mark, the title and the points in one line."""
        points = "1 point" if self.row["points"] == 1 else f"{self.row['points']} points"
        return f"{MARKS[self.state]} {self.row['title']} ({points}): {self.state}"

    def lines(self) -> list[str]:
        """The message, and the hint for a mistake that was recognised."""
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
        """Points so far, and what they do not include."""
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
    """``text`` as HTML, with what stands between backticks as code."""
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
    """What ``check`` answers when it does not know the question."""

    asked: object

    def __repr__(self) -> str:
        problem = f"There is no question {self.asked!r}. " if self.asked else ""
        return f'{problem}Name a question, for example grader.check("mul"). They are: {", ".join(QUESTIONS)}.'


def points_of(outcomes: Iterable[Outcome]) -> tuple[int, int]:
    """Points earned so far, and points that the public checks have."""
    points = [(outcome.row["points"], outcome.state == PASSED) for outcome in outcomes]
    return sum(each for each, passed in points if passed), sum(each for each, _ in points)


def summary(outcomes: Iterable[Outcome]) -> str:
    """Points earned so far, and what they do not include."""
    earned, total = points_of(outcomes)
    return f"Public checks passed: {earned} of {total} points; the hidden ones run when you submit."


def printable(text: str) -> str:
    """Return ``text`` with marks that the console can show; some Windows consoles know no ✓."""
    encoding = getattr(sys.stdout, "encoding", None) or "utf-8"
    try:
        text.encode(encoding)
    except UnicodeEncodeError:
        text = text.replace("✓", "+").replace("✗", "x").replace("–", "-")
    return text.encode(encoding, "replace").decode(encoding)


# --- running one check --------------------------------------------------------------------------------------------


def run(row: Mapping[str, Any], namespace: Mapping[str, Any], known: dict[str, Outcome]) -> Outcome:
    """Return how a check comes out, after the checks that it builds on; ``known`` remembers them."""
    if row["id"] not in known:
        needed = [run(other, namespace, known) for other in CHECKS if other["id"] in row["requires"]]
        missing = [outcome for outcome in needed if outcome.state != PASSED]
        outcome = _not_reached(row, missing) if missing else _run(row, namespace)
        known[row["id"]] = _told_once(outcome, _of_question(row, known), namespace)
    return known[row["id"]]


def _told_once(outcome: Outcome, before: list[Outcome], namespace: Mapping[str, Any]) -> Outcome:
    """The outcome with the hint of its question, or without what those ``before`` it said already."""
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
    rest = f" (and {len(missing) - 1} more)" if len(missing) > 1 else ""
    return Outcome(row, NOT_REACHED, f"Runs once this passes: {missing[0].row['title']}{rest}.")


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


def _measured(row: Mapping[str, Any], inputs: Mapping[str, Any], namespace: Mapping[str, Any]) -> dict[str, Any]:
    if row["reads"]:
        return _written(row["reads"], namespace)
    if row["probe"] == "gradient_descent":
        losses = list(_losses(inputs, namespace))
        measured = {"first loss": losses[0], "last loss": losses[-1]}
    else:
        if not_attached(row["question"], namespace):
            raise AttributeError(f"Value has no {METHODS[row['question']]}")
        with _reflected_product(_needed(namespace, "Value")) as value_class:
            measured = PROBES[row["probe"]](value_class, inputs)
    return {name: _plain(value) for name, value in measured.items()}


@contextmanager
def _reflected_product(value_class: Any) -> Iterator[Any]:
    """Lend the class ``__rmul__`` for a moment: the notebook gives it after the questions, and one check needs it."""
    lent = not hasattr(value_class, "__rmul__")
    if lent:
        value_class.__rmul__ = lambda self, other: self * other
    try:
        yield value_class
    finally:
        if lent:
            del value_class.__rmul__


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


def _needed(namespace: Mapping[str, Any], name: str) -> Any:
    if name not in namespace:
        raise NameError(f"{name} is not defined yet: run the cells above first")
    return namespace[name]


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
    """The letters and the numbers that the grader will read: what was typed counts, not what the names are now."""
    return read_answers([*_saved().slipped, *_ran(namespace)], CHOICES, EVIDENCE)


def _ran(namespace: Mapping[str, Any]) -> list[str]:
    """The cells that were run, in the order of the notebook, without older versions of those that were changed.

    IPython keeps all that was run in ``In``.
    """
    names = (*CHOICES, *EVIDENCE)
    if "In" not in namespace:
        return [f"{name} = {namespace[name]!r}" for name in names if namespace.get(name, ...) is not ...]
    saved = {source.strip(): place for place, source in enumerate(_saved().code)}
    kept: list[tuple[int, str]] = []
    later: set[str] = set()
    for source in reversed(list(namespace["In"])):
        own = bound_in(source, names)
        if source.strip() in saved or not own <= later or not own:
            kept.insert(0, (saved.get(source.strip(), len(saved) if own else -1), source))
        later |= own
    return [source for _, source in sorted(kept, key=lambda pair: pair[0])]


def _plain(value: Any) -> Any:
    """A finite number as a plain one; of anything else what it is, which the message then says.

    A class of your own is no number, whatever it inherits from: nobody knows how it compares.
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


def _method_notes(question: str, namespace: Mapping[str, Any]) -> Iterator[str]:
    """A method under a name that is not its own, or almost the one that was asked for."""
    name, owner = METHODS.get(question, ""), namespace.get("Value")
    attached = getattr(owner, name, None) if name else None
    if name and attached is None:
        named = {**getattr(owner, "__dict__", {}), **namespace}
        if other := look_alike(name, [other for other, it in named.items() if isinstance(it, FunctionType)]):
            yield f"– a function {other} was found; the question asks for {name}"
    own = getattr(attached, "__name__", name)
    if own != name and own in METHODS.values():
        yield f"– Value.{name} is your function {own}: is a name in its setattr line another question's?"


def _blank(row: Mapping[str, Any], ran: str, error: NotImplementedError) -> Outcome:
    named = re.match(r"Question (\w+)", str(error))
    if named is None:
        return Outcome(row, FAILED, four_lines(ran, "", str(Stop.of(error)), row["why"]))
    if named.group(1) == row["question"]:
        return Outcome(row, NOT_ATTEMPTED, f"{error}." if row["reads"] else "")
    return Outcome(row, NOT_REACHED, f"Runs once the blank is filled in: {error}.")


# --- recognising a mistake ----------------------------------------------------------------------------------------


def recognised(question: str, namespace: Mapping[str, Any]) -> str:
    """The hint for the one known mistake that shows just what your code shows, or else where the mistake is."""
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


def not_attached(question: str, namespace: Mapping[str, Any]) -> bool:
    """Whether ``Value`` is there, and the method that the question asks for is none of its attributes."""
    return question in METHODS and "Value" in namespace and not hasattr(namespace["Value"], METHODS[question])


def not_run(question: str, namespace: Mapping[str, Any]) -> str:
    """Why nothing new of the method was run: Python cannot read the last cell that defines it; else nothing."""
    name, cells = METHODS.get(question, ""), namespace.get("In")
    written = [cell for cell in cells if f"def {name}(" in str(cell)] if name and isinstance(cells, list) else []
    try:
        ast.parse(written[-1] if written else "")
    except SyntaxError as error:
        where = f"line {error.lineno}, `{(error.text or '').strip()}`"
        return f"Python could not read the cell with `def {name}`, so nothing in it was run: {error.msg} ({where})."
    return ""


def _shown_by(row: Mapping[str, Any], inputs: Mapping[str, Any], namespace: Mapping[str, Any]) -> dict[str, Any]:
    """What a check measures; of an exception its type, and the type of the object that Python's message is about."""
    try:
        return _measured(row, inputs, namespace)
    except Exception as error:
        return {"raised": type(error).__name__, "about": subject(str(error))}


def _explains(way: Mapping[Any, Any], cases: list[Any], shown_by_code: list[dict[str, Any]]) -> bool:
    """Whether a mistake shows just this: a way has numbers by their case, and the cases that stop by the exception."""
    stops = {number: key.split("/") for key, numbers in way.items() if isinstance(key, str) for number in numbers}
    for number, ((_, case), measured) in enumerate(zip(cases, shown_by_code, strict=True)):
        if number in stops:
            raised, about = stops[number]
            if measured.get("raised") != raised or about not in ("", measured["about"]):
                return False
        elif "raised" in measured or mismatches(way.get(number, case["expected"]), measured):
            return False
    return True


# --- your own gradients -------------------------------------------------------------------------------------------


def gradcheck(function: Any, *values: Any) -> GradCheck:
    """Compare the gradients by ``backward`` with central differences, at the point ``values`` (plain numbers).

    ``function`` takes as many Values and returns one. Raises ``TypeError`` if it returns something else.
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
"""The step, for numbers around 1, at which rounding and the curvature of the function disturb the quotient least."""
SAME, KINK = 1e-5, 1e-2
"""Relative differences: up to the first, two gradients agree; from the second on, left and right are a kink apart."""


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


# --- the notebook as a file ---------------------------------------------------------------------------------------


@dataclass(frozen=True)
class _Saved:
    """A notebook's code cells, answers whose cells are no code cells any more among them, and what to tell of these."""

    code: list[str]
    slipped: list[str]
    notes: list[str]


def _saved_in(path: Path) -> _Saved:
    raw = json.loads(path.read_text(encoding="utf-8"))["cells"]
    cells = [(cell["cell_type"], "".join(cell["source"]), cell["metadata"].get("tags", [])) for cell in raw]
    tags = out_of_kind(cells, KINDS)
    kinds = [KINDS[tags[place]] if place in tags else kind for place, (kind, _, _) in enumerate(cells)]
    code = {place: source for place, (_, source, _) in enumerate(cells) if kinds[place] == "code"}
    notes = [told_of_kind(tag, cells[place][0], KINDS) for place, tag in tags.items()]
    return _Saved([*code.values()], [source for place, source in code.items() if place in tags], notes)


def _saved() -> _Saved:
    """The notebook as it was saved last; nothing where there is no such file, as in Colab."""
    try:
        return _saved_in(NOTEBOOK)
    except (OSError, ValueError, LookupError, TypeError, AttributeError):
        return _Saved([], [], [])


def load_notebook(path: Path = NOTEBOOK) -> dict[str, Any]:
    """Run the definitions in a saved notebook and return its names.

    Imports, functions, classes, ``setattr`` lines and assignments without a call are run, each by itself, so that a
    mistake in one costs nothing else; training, plots and prints are not, and what needs them is not complained about.
    """
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
    """What to say of a statement that raised: nothing if it only needs what was not run, unless it attaches something.

    ``not_run`` are the names that statements would have bound which were not run, or raised themselves.
    """
    needs = (_names_in(statement, ast.Load) | {getattr(error, "name", "")}) & not_run
    if not needs:
        return str(Stop.of(error))
    if attaches(statement, ()):
        return f"line {statement.lineno} attaches {', '.join(sorted(needs))}, which only a call in the notebook makes."
    return ""


def _names_in(statement: ast.stmt, kind: type[ast.expr_context]) -> set[str]:
    """The names that a statement binds (``ast.Store``) or reads (``ast.Load``) when it is run itself."""
    names, parts = set(), [statement]
    while parts:
        part = parts.pop()
        inner = list(ast.iter_child_nodes(part))
        if isinstance(part, (ast.FunctionDef, ast.AsyncFunctionDef, ast.Lambda)):
            body = part.body if isinstance(part.body, list) else [part.body]  # runs when it is called
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


class _Answers:
    """What was written for the questions stays, whatever blanks and experiments come after it, as in the grader."""

    def __init__(self, namespace: dict[str, Any]) -> None:
        self._namespace = namespace
        self._blank: set[tuple[str, str, int]] = set()
        self._function: Any = None
        self._class: Any = None

    def look_at(self, statement: ast.stmt, file: str) -> None:
        """Remember what this statement, which is about to run, may replace."""
        stubs = [*stub_functions(statement)]
        self._blank |= {(name, file, line) for name, line in stubs}
        name = statement.name if stubs and isinstance(statement, ast.FunctionDef) else ""
        owner = self._namespace.get("Value")
        found = [getattr(owner, name, None), self._namespace.get(name)] if name in METHODS.values() else []
        self._function = next((one for one in found if self._is_real(one)), None)
        if redefines(statement, "Value") and self._written(owner):
            self._class = self._class or owner

    def put_back(self, statement: ast.stmt) -> None:
        """Undo what a blank did to a function."""
        if self._function is not None and isinstance(statement, ast.FunctionDef):
            self._namespace[statement.name] = self._function

    def put_back_class(self) -> None:
        """Undo what a class did that earns no more than the one before it."""
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
    """Whether a statement defines or attaches something, or assigns without a call: another call may train for minutes.

    ``attaching`` gathers the functions that attach.
    """
    if attaches(statement, attaching):
        if isinstance(statement, ast.FunctionDef):
            attaching.add(statement.name)
        return True
    calls = any(isinstance(part, ast.Call) for part in ast.walk(statement))
    return is_definition(statement, HARMLESS) or (isinstance(statement, (ast.Assign, ast.AnnAssign)) and not calls)


def main(questions: list[str]) -> None:
    """Print the public checks of the saved notebook: of the questions named, or of all but the training."""
    os.chdir(NOTEBOOK.parent)
    namespace = load_notebook()
    for question in questions or [name for name in QUESTIONS if name != "training"]:
        print(check_in(namespace, question) if question in QUESTIONS else Help(question), end="\n\n")
    if not questions:
        print("The training check takes about ten seconds: python grader.py training")


# --- the checks: made from the course's rubric --------------------------------------------------------------------

# Filled in by autograder/authoring/handout.py: what the grader itself uses, public probes, and the checks.
from autograder.autodiff.location import located  # noqa: E402
from autograder.grading.compare import compared, four_lines, mismatches, shown, side_by_side  # noqa: E402
from autograder.grading.python_errors import subject  # noqa: E402
from autograder.wire.answers import bound_in, out_of_kind, read_answers, told_of_kind  # noqa: E402
from autograder.wire.cells import attaches, harmless_calls, is_definition, look_alike, redefines, stub_functions  # noqa: E402
from autograder.wire.statements import readable  # noqa: E402

QUESTIONS: tuple[str, ...] = ()
CHOICES: tuple[str, ...] = ()
EVIDENCE: tuple[str, ...] = ()
KINDS: dict[str, str] = {}
METHODS: dict[str, str] = {}
HARMLESS = harmless_calls(())
PROBES: dict[str, Any] = {}
CHECKS: list[dict[str, Any]] = []
MISTAKES: list[dict[str, Any]] = []
# The end of what is filled in.

if __name__ == "__main__":
    main(sys.argv[1:])
