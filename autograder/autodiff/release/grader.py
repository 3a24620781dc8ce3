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
import os
import random  # noqa: F401 - for what is filled in
import re
import sys
import traceback
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence  # noqa: F401 - for what is filled in
from contextlib import contextmanager
from dataclasses import dataclass, replace
from decimal import Decimal
from fractions import Fraction
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
    return check_in(vars(sys.modules["__main__"]), question)


def check_in(namespace: Mapping[str, Any], question: str) -> Result:
    """Run the public checks of a question on the names in ``namespace``."""
    known: dict[str, Outcome] = {}
    outcomes = [run(row, namespace, known) for row in CHECKS if row["question"] == question]
    notes = [_choice_note(name, namespace.get(name, ...)) for name in CHOICES] if question == "test_vs_train" else []
    return Result(question, outcomes, [*notes, *_method_notes(question, namespace)])


# --- what a student sees ------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Outcome:
    """How one check came out, and what a student should know about it, line by line."""

    row: Mapping[str, Any]
    state: str
    message: str = ""
    hint: str = ""

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
        if outcome.state == FAILED and not any(o.state == FAILED for o in _of_question(row, known)):
            outcome = replace(outcome, hint=recognised(row["question"], namespace))  # once for a question
        known[row["id"]] = outcome
    return known[row["id"]]


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
            return Outcome(row, FAILED, four_lines(ran, expected, _explained(error), row["why"]))
        if mismatches(case["expected"], measured):
            return Outcome(row, FAILED, four_lines(ran, *compared(case["expected"], measured), row["why"]))
    return Outcome(row, PASSED)


def _description(row: Mapping[str, Any], inputs: Mapping[str, Any]) -> str:
    return (PROBES[row["probe"]].__doc__ or "").format(**inputs) if row["probe"] else ""


def _measured(row: Mapping[str, Any], inputs: Mapping[str, Any], namespace: Mapping[str, Any]) -> dict[str, Any]:
    if row["reads"]:
        measured = {name: _written(name, namespace) for name in row["reads"]}
    elif row["probe"] == "gradient_descent":
        losses = list(_losses(inputs, namespace))
        measured = {"first loss": losses[0], "last loss": losses[-1]}
    else:
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


def _written(name: str, namespace: Mapping[str, Any]) -> Any:
    value = namespace.get(name, ...)
    if value is ... or value is None:
        raise NotImplementedError(f"Question test_vs_train: {name} is still blank")
    return value


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


def _choice_note(name: str, choice: object) -> str:
    if choice is ... or choice is None:
        return f"– {name} is still blank"
    if isinstance(choice, str) and re.fullmatch(r"\(?\s*[A-Ea-e]\s*[).:]?", choice.strip()):
        return f"– {name} = {choice!r} is recorded; it is marked when you submit"
    return f'– {name}: type one letter from A to E in quotes, for example {name} = "A"'


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
        return Outcome(row, FAILED, four_lines(ran, "", _explained(error), row["why"]))
    if named.group(1) == row["question"]:
        return Outcome(row, NOT_ATTEMPTED, f"{error}." if row["reads"] else "")
    return Outcome(row, NOT_REACHED, f"Runs once the blank is filled in: {error}.")


def _explained(error: Exception) -> str:
    """The error in one line, with the student's own line where it arose."""
    what = traceback.format_exception_only(type(error), error)[-1].strip()
    own = [frame for frame in traceback.extract_tb(error.__traceback__) if frame.filename != __file__]
    return f"{what} (in {own[-1].name}, line {own[-1].lineno}: {own[-1].line})" if own else what


# --- recognising a mistake ----------------------------------------------------------------------------------------


def recognised(question: str, namespace: Mapping[str, Any]) -> str:
    """The hint for the one known mistake that shows just what your code shows; nothing if none or several do."""
    cases = [(row, case) for row in CHECKS if row["question"] == question and row["probe"] for case in row["cases"]]
    known = [mistake for mistake in MISTAKES if mistake["question"] == question]
    if not known:
        return ""
    shown_by_code = [_shown_by(row, case["inputs"], namespace) for row, case in cases]
    hints = {mistake["hint"] for mistake in known if _explains(mistake, cases, shown_by_code)}
    return hints.pop() if len(hints) == 1 else ""


def _shown_by(row: Mapping[str, Any], inputs: Mapping[str, Any], namespace: Mapping[str, Any]) -> dict[str, Any]:
    """What a check measures; of an exception its type, and the type of the object that Python's message is about."""
    try:
        return _measured(row, inputs, namespace)
    except Exception as error:
        return {"raised": type(error).__name__, "about": subject(str(error))}


def _explains(mistake: Mapping[str, Any], cases: list[Any], shown_by_code: list[dict[str, Any]]) -> bool:
    for number, ((_, case), measured) in enumerate(zip(cases, shown_by_code, strict=True)):
        predicted = mistake["shows"].get(number, case["expected"])
        if isinstance(predicted, str):
            raised, about = predicted.split("/")
            if measured.get("raised") != raised or about not in ("", measured["about"]):
                return False
        elif "raised" in measured or mismatches(predicted, measured):
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


def load_notebook(path: Path = NOTEBOOK) -> dict[str, Any]:
    """Run the definitions in a saved notebook and return its names.

    Imports, functions, classes, ``setattr`` lines and assignments without a call are run, each by itself, so that a
    mistake in one costs nothing else; training, plots and prints are not.
    """
    namespace: dict[str, Any] = {"__name__": "notebook"}
    answers = _Answers(namespace)
    attaching: set[str] = set()
    cells = [cell for cell in json.loads(path.read_text(encoding="utf-8"))["cells"] if cell["cell_type"] == "code"]
    for number, cell in enumerate(cells, start=1):
        source, name = "".join(cell["source"]), f"{path.name}, code cell {number}"
        linecache.cache[name] = (len(source), None, source.splitlines(keepends=True), name)
        statements, left_out = readable(source, name)
        for one in left_out:
            print(printable(f"{name}, {one}."))
        for statement in _quick(statements, attaching):
            answers.look_at(statement, name)
            try:
                exec(compile(ast.Module([statement], []), name, "exec", dont_inherit=True), namespace)
            except Exception as error:
                print(printable(f"{name}: {_explained(error)}"))
            answers.put_back(statement)
    answers.put_back_class()
    return namespace


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


def _quick(statements: Iterable[ast.stmt], attaching: set[str]) -> Iterator[ast.stmt]:
    """What defines or attaches something, or assigns without a call: another call may train for minutes.

    ``attaching`` gathers the functions that attach.
    """
    for statement in statements:
        calls = any(isinstance(part, ast.Call) for part in ast.walk(statement))
        quick = is_definition(statement, HARMLESS) or (isinstance(statement, (ast.Assign, ast.AnnAssign)) and not calls)
        if attaches(statement, attaching):
            quick = True
            if isinstance(statement, ast.FunctionDef):
                attaching.add(statement.name)
        if quick:
            yield statement


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
from autograder.grading.compare import compared, four_lines, mismatches, shown, subject  # noqa: E402
from autograder.wire.cells import attaches, harmless_calls, is_definition, look_alike, redefines, stub_functions  # noqa: E402
from autograder.wire.statements import readable  # noqa: E402

QUESTIONS: tuple[str, ...] = ()
CHOICES: tuple[str, ...] = ()
METHODS: dict[str, str] = {}
HARMLESS = harmless_calls(())
PROBES: dict[str, Any] = {}
CHECKS: list[dict[str, Any]] = []
MISTAKES: list[dict[str, Any]] = []
# The end of what is filled in.

if __name__ == "__main__":
    main(sys.argv[1:])
