"""The public checks of the notebook "Automatic differentiation from scratch".

In the notebook, run ``grader.check("mul")``; in a terminal, ``pytest`` or ``python grader.py``. Everything runs in your
own Python, on what you have defined, and nothing is sent anywhere. The hidden checks run when you submit.
"""

from __future__ import annotations

import ast
import gc
import html
import json
import linecache
import math
import os
import random
import re
import sys
import traceback
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from itertools import combinations
from numbers import Real
from pathlib import Path
from types import SimpleNamespace
from typing import Any

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
    return Result(question, outcomes, notes)


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
    """A finite number as it is, Python's or NumPy's; of anything else what it is, which the message then says."""
    if value is None or isinstance(value, bool):
        return "None" if value is None else f"bool {value}"
    if not isinstance(value, Real):
        return f"an object of type {type(value).__name__}"
    return value if isinstance(value, int) or math.isfinite(value) else str(float(value))


def _choice_note(name: str, choice: object) -> str:
    if choice is ... or choice is None:
        return f"– {name} is still blank"
    if isinstance(choice, str) and re.fullmatch(r"\(?\s*[A-Ea-e]\s*[).:]?", choice.strip()):
        return f"– {name} = {choice!r} is recorded; it is marked when you submit"
    return f'– {name}: type one letter from A to E in quotes, for example {name} = "A"'


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
    """The hint for the one known mistake that shows just what your code shows, or else where the mistake is."""
    cases = [(row, case) for row in CHECKS if row["question"] == question and row["probe"] for case in row["cases"]]
    known = [mistake for mistake in MISTAKES if mistake["question"] == question]
    if not known:
        return ""
    shown_by_code = [_shown_by(row, case["inputs"], namespace) for row, case in cases]
    hints = {mistake["hint"] for mistake in known if _explains(mistake, cases, shown_by_code)}
    if hints or any("raised" in measured for measured in shown_by_code):
        return hints.pop() if len(hints) == 1 else ""
    pairs = zip(cases, shown_by_code, strict=True)
    return located([(case["inputs"], side_by_side(case["expected"], measured)) for (_, case), measured in pairs])


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
    cells = [cell for cell in json.loads(path.read_text(encoding="utf-8"))["cells"] if cell["cell_type"] == "code"]
    for number, cell in enumerate(cells, start=1):
        source, name = "".join(cell["source"]), f"{path.name}, code cell {number}"
        linecache.cache[name] = (len(source), None, source.splitlines(keepends=True), name)
        try:
            statements = parse(source, name)
        except SyntaxError as error:
            print(printable(f"{name}, line {error.lineno}: {error.msg}. The cell is left out."))
            continue
        for statement in filter(_is_quick, statements):
            try:
                exec(compile(ast.Module([statement], []), name, "exec", dont_inherit=True), namespace)
            except Exception as error:
                print(printable(f"{name}: {_explained(error)}"))
    return namespace


def _is_quick(statement: ast.stmt) -> bool:
    """Whether it defines something, or assigns without a call: a call may train for minutes."""
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

# Generated: to change a check, change the rubric and build again.


_KEPT_MAGICS = ("time", "timeit", "capture", "prun")
"""Cell magics whose cell is Python all the same."""
_INDENT = re.compile(r"\n*([ \t]+)\S")
_MAGIC = re.compile(r"(?P<indent>\s*)(?:[%!?]|\w[\w, ]*=\s*[%!]|[\w.%]+\?{1,2}\s*$)")
DEFINITIONS = (ast.Import, ast.ImportFrom, ast.FunctionDef, ast.ClassDef)
ASSIGNMENTS = (ast.Assign, ast.AnnAssign, ast.AugAssign)
BLOCKS = (ast.If, ast.Try, ast.With, ast.For)
_SHOWS = ("print", "display", "plt", "grader", "help", "input", ".show", ".check")
_SETS_UP = ("np", "random", "gc", "sys", "warnings", "time")


def harmless_calls(own: Iterable[str]) -> frozenset[str]:
    """What is called to look at something, or to set it up: functions, modules, and methods with a dot before them.

    ``own`` are those of the assignment.
    """
    return frozenset((*_SHOWS, *_SETS_UP, *own))


def parse(source: str, file: str) -> list[ast.stmt]:
    """The statements of a cell, its magics and shell lines blanked; ``SyntaxError`` and the like if it has none."""
    source = without_indent(source.replace("\0", ""))
    if source.lstrip().startswith("%%"):
        source = _without_cell_magic(source)
    try:
        body = ast.parse(source, file).body
    except SyntaxError:
        # Only now: a line of a long expression or of a text may well start with a percent sign.
        body = ast.parse(_without_magics(source), file).body
    return [part for node in body for part in _one_by_one(node)]


def without_indent(source: str) -> str:
    """A cell that is indented as a whole, which a notebook runs all the same: less what its first line begins with."""
    indent = _INDENT.match(source)
    return "\n".join(line.removeprefix(indent[1]) for line in source.split("\n")) if indent else source


def _one_by_one(node: ast.stmt) -> list[ast.stmt]:
    """``import torch, math`` as two imports, so that a module that is not there costs nothing but itself."""
    if not isinstance(node, ast.Import):
        return [node]
    return [ast.copy_location(ast.Import([alias]), node) for alias in node.names]


def _without_cell_magic(source: str) -> str:
    first, _, body = source.lstrip().partition("\n")
    above = source[: len(source) - len(source.lstrip())].count("\n") + 1
    kept = first[2:].split(None, 1)[:1] in [[magic] for magic in _KEPT_MAGICS]
    return "\n" * above + body if kept else ""


def _without_magics(source: str) -> str:
    """Magic lines become ``pass``, which keeps the lines' numbers and a block from being empty."""
    matches = ((line, _MAGIC.match(line)) for line in source.split("\n"))
    return "\n".join(f"{match['indent']}pass" if match else line for line, match in matches)


def is_definition(node: ast.stmt, harmless: frozenset[str]) -> bool:
    """Whether ``node`` imports, defines a function or class, or attaches one to a class; or is a block of such.

    Calls of what is ``harmless`` may stand in such a block.
    """
    return isinstance(node, DEFINITIONS) or is_setattr(node) or _assigns_attribute(node) or _is_block(node, harmless)


def is_harmless(call: ast.Call, harmless: frozenset[str]) -> bool:
    """Whether a call is one of those that are made to look at something, and that every notebook is full of."""
    if isinstance(call.func, ast.Attribute) and f".{call.func.attr}" in harmless:
        return True
    root: ast.expr = call.func
    while isinstance(root, ast.Attribute | ast.Call | ast.Subscript):
        root = root.func if isinstance(root, ast.Call) else root.value
    return not isinstance(root, ast.Name) or root.id in harmless


def _is_block(node: ast.stmt, harmless: frozenset[str]) -> bool:
    """``if``, ``try``, ``with`` or ``for`` around definitions and what prepares them, and nothing that takes time."""
    if not isinstance(node, BLOCKS):
        return False
    inner = [part for part in ast.walk(node) if isinstance(part, ast.stmt) and part is not node]
    return _has_definition(node) and all(_may_stand_in_a_block(part, harmless) for part in _own_statements(inner))


def _has_definition(node: ast.stmt) -> bool:
    return any(isinstance(part, DEFINITIONS) or is_setattr(part) for part in ast.walk(node))


def _own_statements(statements: list[ast.stmt]) -> Iterator[ast.stmt]:
    """The statements that a block runs itself, not those inside the functions and classes that it defines."""
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
    """Whether ``node`` attaches something to a class by ``setattr``."""
    call = node.value if isinstance(node, ast.Expr) else None
    return isinstance(call, ast.Call) and isinstance(call.func, ast.Name) and call.func.id == "setattr"


def _assigns_attribute(node: ast.stmt) -> bool:
    return isinstance(node, ast.Assign) and any(isinstance(target, ast.Attribute) for target in node.targets)


REL_TOL = 1e-6
"""Room for another order of summation and for ``float32``; every named fault changes some number far more than this."""
ABS_TOL = 1e-9
"""For values near zero, where a relative tolerance says nothing."""
MOST_NUMBERS = 6
"""Numbers that one line of a message shows before it counts the rest."""

_OBJECT = re.compile(r"'(\w+)' object")


def agrees(expected: Any, measured: Any) -> bool:
    """Whether a measured number equals ``expected``, or lies in it where that is an interval (low, high).

    A text that is expected must be the same.
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
    """The names in ``expected`` whose measured value is missing or does not agree, in order."""
    return [name for name in expected if name not in measured or not agrees(expected[name], measured[name])]


def side_by_side(expected: Mapping[str, Any], measured: Mapping[str, Any]) -> dict[str, tuple[Any, Any, bool]]:
    """What is expected, what was measured, and whether they agree, by the names in ``expected``."""
    wrong = mismatches(expected, measured)
    return {name: (value, measured.get(name), name not in wrong) for name, value in expected.items()}


def shown(name: str, value: Any, digits: int = 10) -> str:
    """``name = value`` as a student reads it: an interval is ``from low to high``, an answer is yes or no."""
    if name.endswith("?") and value in (0, 1):
        return f"{name} {'yes' if value else 'no'}"
    if isinstance(value, (tuple, list)):
        return f"{name} from {value[0]:.{digits}g} to {value[1]:.{digits}g}"
    if isinstance(value, (int, float)) and not isinstance(value, bool):
        return f"{name} = {value:.{digits}g}"
    return f"{name} is {value}"


def compared(expected: Mapping[str, Any], measured: Mapping[str, Any]) -> tuple[str, str]:
    """The *expected* and the *got* line: the same names on both, with enough digits that unlike numbers look unlike."""
    names = list(expected) if len(expected) <= MOST_NUMBERS else mismatches(expected, measured)
    rest = f", and {len(names) - MOST_NUMBERS} more" if len(names) > MOST_NUMBERS else ""
    pairs = []
    for name in names[:MOST_NUMBERS]:
        wanted, got = expected[name], measured.get(name, "missing")
        digits = 10 if agrees(wanted, got) or shown(name, wanted) != shown(name, got) else 17
        pairs.append((shown(name, wanted, digits), shown(name, got, digits)))
    return ", ".join(wanted for wanted, _ in pairs) + rest, ", ".join(got for _, got in pairs) + rest


def four_lines(ran: str, expected: str, got: str, why: str) -> str:
    """The message of a failed check; a line whose text is empty is left out."""
    lines = {"Ran": ran, "Expected": expected, "Got": got, "Why it matters": why}
    return "\n".join(f"{label}: {text}" for label, text in lines.items() if text)


def subject(detail: str) -> str:
    """What Python's message is about: calling None is another mistake than calling a function without its argument."""
    found = _OBJECT.search(detail)
    return "" if found is None else "number" if found[1] in ("int", "float") else found[1]


Compared = tuple[Any, Any, bool]
"""The expected number, the measured one, and whether they agree."""
Case = tuple[Mapping[str, Any], Compared]
"""The inputs of a run, and one of the numbers that it measured."""

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
"""Runs in which a factor must be the same before it is called so: two fit too easily."""


def located(runs: Sequence[tuple[Mapping[str, Any], Mapping[str, Compared]]]) -> str:
    """Return what is right and what is wrong in the ``runs`` of the public checks of one operator, in two sentences."""
    cases: dict[str, list[Case]] = {}
    two = any("b" in inputs and "b.grad" in measured for inputs, measured in runs)
    for inputs, measured in runs:
        for name, compared in measured.items():
            cases.setdefault(_part(name, inputs, two), []).append((inputs, compared))
    agree = {part: all(compared[2] for _, compared in of_part) for part, of_part in cases.items()}
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
    """What a measured number is about, in words."""
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
    """What the error follows, in so far as the cases show it."""
    wrong = [(inputs, compared) for inputs, compared in cases if not compared[2]]
    pairs = [(expected, measured) for _, (expected, measured, _) in wrong]
    if ("data" not in part and "gradient" not in part) or part.endswith(BEFORE):
        return ""
    if len(wrong) < len(cases):
        return _where(cases, two)
    if not all(_number(one) for pair in pairs for one in pair):
        return ""
    if len(cases) > 1 and all(measured == 0 for _, measured in pairs):
        return ", which stays 0"
    if len(cases) > 1 and all(math.isclose(measured, -expected) for expected, measured in pairs):
        return ", which has the wrong sign"
    return _factor(wrong)


def _number(value: Any) -> bool:
    return isinstance(value, (int, float)) and not isinstance(value, bool)


def _where(cases: Sequence[Case], two: bool) -> str:
    """The one sign that parts the wrong cases from the right ones, if there is one, and two of each show it."""
    sides = {right: {str(inputs) for inputs, compared in cases if compared[2] == right} for right in (True, False)}
    found = [
        f", where {'the upstream gradient' if name == 'upstream' else _operand(name, two)} is {sign}"
        for name in ("a", "b", "upstream")
        for sign, holds in SIGNS.items()
        if all(name in inputs and holds(inputs[name]) != compared[2] for inputs, compared in cases)
        if sign == "0" or min(map(len, sides.values())) >= 2
    ]
    return found[0] if len(found) == 1 else ", for some of the numbers"


def _factor(wrong: Sequence[Case]) -> str:
    """How the error depends on the upstream gradient, if two cases differ in nothing else."""
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
    """Whether ``node`` itself is a child of ``out``, as 1 or 0."""
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


def gradient_descent(engine: Any, inputs: Mapping[str, Any]) -> Iterator[Measured]:
    """random.seed({seed}), then {epochs} epochs of gradient descent on {count} houses, learning rate {learning_rate}"""
    random.seed(inputs["seed"])
    network = engine.Network(*(engine.Layer(n_in, n_out, add_relu=relu) for n_in, n_out, relu in inputs["layers"]))
    collects = gc.isenabled()
    gc.disable()  # walking the growing graph again and again is five sixths of the time
    try:
        for epoch in range(inputs["epochs"]):
            network.zero_grad()
            measured: Measured = {"loss": _full_batch_loss(engine, network, inputs["x"], inputs["y"])}
            if epoch == 0:
                measured |= _parameter_gradients(network)
            yield measured
            network.update(inputs["learning_rate"])
            gc.collect()  # what `_release` could not reach
    finally:
        if collects:
            gc.enable()


def _full_batch_loss(engine: Any, network: Any, x: Any, y: Any) -> Any:
    """The mean squared error; ``backward`` runs house by house, for the gradient of a sum is the sum of gradients."""
    loss = 0.0
    for features, price in zip(x, y, strict=True):
        house_loss = (_prediction(network, features) - price) ** 2 * (1 / len(x))
        engine.backward(house_loss)
        loss += house_loss.data
        _release(house_loss)
    return loss


def _release(root: Any) -> None:
    """Cut the reference cycles of a graph that has served, so that its memory is free at once, without a search."""
    todo = [root]
    while todo:
        node = todo.pop()
        if node._prev:  # a computed node, met for the first time
            todo.extend(node._prev)
            try:
                node._prev, node._backward = (), None
            except AttributeError:
                return  # a redesigned Value need not allow it; the collection after the epoch does it then


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
HARMLESS = harmless_calls(("draw", "table", ".backward", ".zero_grad"))


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
  'points': 3,
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
  'points': 4,
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
  'shows': {11: {'a.grad': -2.0, 'b.grad': 1.5}}},
 {'question': 'mul',
  'hint': '__mul__ seems to leave out the upstream gradient. The local gradient says how out changes with the '
          'operand; out.grad says how the loss changes with out. The chain rule needs both.',
  'shows': {8: {'a.grad': -4.0, 'b.grad': 3.0},
            9: {'a.grad': 2.5, 'b.grad': -1.5},
            10: {'a.grad': -4.0, 'b.grad': 3.0},
            11: {'a.grad': 6.0, 'b.grad': -17.0}}},
 {'question': 'mul',
  'hint': '__mul__ seems to add the local gradient and the upstream gradient. How does the chain rule combine two '
          'rates of change that act one after the other?',
  'shows': {8: {'a.grad': -3.5, 'b.grad': 3.5},
            9: {'a.grad': 0.375, 'b.grad': -3.625},
            10: {'a.grad': -6.0, 'b.grad': 1.0},
            11: {'a.grad': 6.5, 'b.grad': -16.5}}},
 {'question': 'mul',
  'hint': '__mul__ seems to read the gradient of the operand where it needs the gradient of out. Which of the two '
          'has already been computed when _backward runs?',
  'shows': {8: {'a.grad': 0.0, 'b.grad': 0.0},
            9: {'a.grad': 0.0, 'b.grad': 0.0},
            10: {'a.grad': 0.0, 'b.grad': 0.0},
            11: {'a.grad': -30.0, 'b.grad': -80.0}}},
 {'question': 'mul',
  'hint': '__mul__ seems to multiply by out.data where the chain rule has out.grad, the upstream gradient.',
  'shows': {8: {'a.grad': 48.0, 'b.grad': -36.0},
            9: {'a.grad': -9.375, 'b.grad': 5.625},
            10: {'a.grad': 48.0, 'b.grad': -36.0},
            11: {'a.grad': 58.0, 'b.grad': -56.0}}},
 {'question': 'mul',
  'hint': '__mul__ seems to call its inner function instead of handing it over. `out._backward = _backward` stores '
          'the function for later; brackets after the name run it now, while out.grad is 0.',
  'shows': {8: 'TypeError/NoneType', 9: 'TypeError/NoneType', 10: 'TypeError/NoneType', 11: 'TypeError/NoneType'}},
 {'question': 'mul',
  'hint': '__mul__ gives its operands no gradient. Either out never receives the inner function (look at the last '
          "lines of the template), or that function, when it runs later, adds nothing to an operand's grad.",
  'shows': {8: {'a.grad': 0.0, 'b.grad': 0.0},
            9: {'a.grad': 0.0, 'b.grad': 0.0},
            10: {'a.grad': 0.0, 'b.grad': 0.0},
            11: {'a.grad': 10.0, 'b.grad': -20.0}}},
 {'question': 'mul',
  'hint': '__mul__ seems not to record its operands as the children of out. Look at the second argument of Value '
          'in the template.',
  'shows': {7: {'is a a child of out?': 0, 'is b a child of out?': 0, 'number of children': 0}}},
 {'question': 'mul',
  'hint': '__mul__ seems to change the operand itself and to return it. Build a new Value for the result, as the '
          'template does.',
  'shows': {6: {'is out a new Value?': 0, 'a.data': -12.0, 'b.data': -4.0, 'out.grad': 0.0},
            7: {'is a a child of out?': 0, 'is b a child of out?': 0, 'number of children': 0},
            8: {'a.grad': 0.5, 'b.grad': 0.0},
            9: {'a.grad': -2.125, 'b.grad': 0.0},
            10: {'a.grad': -2.0, 'b.grad': 0.0},
            11: {'a.grad': 0.5, 'b.grad': -20.0}}},
 {'question': 'mul',
  'hint': '__mul__ seems to return a plain number. A number cannot remember its operands; wrap it as the template '
          'does.',
  'shows': {0: 'AttributeError/number',
            1: 'AttributeError/number',
            2: 'AttributeError/number',
            3: 'AttributeError/number',
            4: 'AttributeError/number',
            5: 'AttributeError/number',
            6: 'AttributeError/number',
            7: 'AttributeError/number',
            8: 'AttributeError/number',
            9: 'AttributeError/number',
            10: 'AttributeError/number',
            11: 'AttributeError/number'}},
 {'question': 'mul',
  'hint': '__mul__ seems to return nothing. Look at the very last line of the template.',
  'shows': {0: 'AttributeError/NoneType',
            1: 'AttributeError/NoneType',
            2: 'AttributeError/NoneType',
            3: 'AttributeError/NoneType',
            4: 'AttributeError/NoneType',
            5: 'AttributeError/NoneType',
            6: 'AttributeError/NoneType',
            7: 'AttributeError/NoneType',
            8: 'AttributeError/NoneType',
            9: 'AttributeError/NoneType',
            10: 'AttributeError/NoneType',
            11: 'AttributeError/NoneType'}},
 {'question': 'mul',
  'hint': 'The gradients of __mul__ have the right size and the wrong sign. Where does your _backward subtract, or '
          'put a minus, that the chain rule does not have?',
  'shows': {8: {'a.grad': 2.0, 'b.grad': -1.5},
            9: {'a.grad': 5.3125, 'b.grad': -3.1875},
            10: {'a.grad': -8.0, 'b.grad': 6.0},
            11: {'a.grad': 12.0, 'b.grad': -21.5}}},
 {'question': 'mul',
  'hint': 'Each contribution of __mul__ arrives doubled. Is a line of your _backward there twice, or a factor 2 '
          'that the chain rule does not have?',
  'shows': {8: {'a.grad': -4.0, 'b.grad': 3.0},
            9: {'a.grad': -10.625, 'b.grad': 6.375},
            10: {'a.grad': 16.0, 'b.grad': -12.0},
            11: {'a.grad': 6.0, 'b.grad': -17.0}}},
 {'question': 'mul',
  'hint': '__mul__ seems to multiply the gradient that an operand already has. That is 0 at first; how do '
          'contributions combine?',
  'shows': {8: {'a.grad': -0.0, 'b.grad': 0.0},
            9: {'a.grad': -0.0, 'b.grad': 0.0},
            10: {'a.grad': 0.0, 'b.grad': -0.0},
            11: {'a.grad': -20.0, 'b.grad': -30.0}}},
 {'question': 'mul',
  'hint': 'Each operand seems to receive its own data as local gradient. Hold one operand fixed and move the other '
          'by a little: by how much does the product change?',
  'shows': {8: {'a.grad': 1.5, 'b.grad': -2.0},
            9: {'a.grad': 3.1875, 'b.grad': -5.3125},
            10: {'a.grad': -6.0, 'b.grad': 8.0},
            11: {'a.grad': 11.5, 'b.grad': -22.0}}},
 {'question': 'mul',
  'hint': 'The gradient of your product is that of a sum. Hold one operand fixed and move the other by a little: '
          'by how much does the product change?',
  'shows': {8: {'a.grad': 0.5, 'b.grad': 0.5},
            9: {'a.grad': -2.125, 'b.grad': -2.125},
            10: {'a.grad': -2.0, 'b.grad': -2.0},
            11: {'a.grad': 10.5, 'b.grad': -19.5}}},
 {'question': 'mul',
  'hint': 'The gradient of your product seems to use the product itself. Hold one operand fixed and move the other '
          'by a little: by how much does the product change?',
  'shows': {8: {'a.grad': -6.0, 'b.grad': -6.0},
            9: {'a.grad': 7.96875, 'b.grad': 7.96875},
            10: {'a.grad': 24.0, 'b.grad': 24.0},
            11: {'a.grad': 4.0, 'b.grad': -26.0}}},
 {'question': 'mul',
  'hint': 'Only the left operand seems to receive a gradient. A product depends on both of its operands.',
  'shows': {8: {'a.grad': -2.0, 'b.grad': 0.0},
            9: {'a.grad': -5.3125, 'b.grad': 0.0},
            10: {'a.grad': 8.0, 'b.grad': 0.0},
            11: {'a.grad': 8.0, 'b.grad': -20.0}}},
 {'question': 'mul',
  'hint': 'Only the right operand seems to receive a gradient. A product depends on both of its operands.',
  'shows': {8: {'a.grad': 0.0, 'b.grad': 1.5},
            9: {'a.grad': 0.0, 'b.grad': 3.1875},
            10: {'a.grad': 0.0, 'b.grad': -6.0},
            11: {'a.grad': 10.0, 'b.grad': -18.5}}},
 {'question': 'mul',
  'hint': 'Both contributions of your product seem to go to the left operand. Which operand does each line of your '
          '_backward belong to?',
  'shows': {8: {'a.grad': -0.5, 'b.grad': 0.0},
            9: {'a.grad': -2.125, 'b.grad': 0.0},
            10: {'a.grad': 2.0, 'b.grad': 0.0},
            11: {'a.grad': 9.5, 'b.grad': -20.0}}},
 {'question': 'mul',
  'hint': 'Both contributions of your product seem to go to the right operand. Which operand does each line of '
          'your _backward belong to?',
  'shows': {8: {'a.grad': 0.0, 'b.grad': -0.5},
            9: {'a.grad': 0.0, 'b.grad': -2.125},
            10: {'a.grad': 0.0, 'b.grad': 2.0},
            11: {'a.grad': 10.0, 'b.grad': -20.5}}},
 {'question': 'mul',
  'hint': 'The left operand seems to receive its contribution twice, and the right one none. Is one line a copy?',
  'shows': {8: {'a.grad': -4.0, 'b.grad': 0.0},
            9: {'a.grad': -10.625, 'b.grad': 0.0},
            10: {'a.grad': 16.0, 'b.grad': 0.0},
            11: {'a.grad': 6.0, 'b.grad': -20.0}}},
 {'question': 'mul',
  'hint': 'The right operand seems to receive its contribution twice, and the left one none. Is one line a copy?',
  'shows': {8: {'a.grad': 0.0, 'b.grad': 3.0},
            9: {'a.grad': 0.0, 'b.grad': 6.375},
            10: {'a.grad': 0.0, 'b.grad': -12.0},
            11: {'a.grad': 10.0, 'b.grad': -17.0}}},
 {'question': 'mul',
  'hint': 'The left operand is not among the children of out, so backward() cannot reach what lies behind it.',
  'shows': {7: {'is a a child of out?': 0, 'is b a child of out?': 1, 'number of children': 1}}},
 {'question': 'mul',
  'hint': 'The right operand is not among the children of out, so backward() cannot reach what lies behind it.',
  'shows': {7: {'is a a child of out?': 1, 'is b a child of out?': 0, 'number of children': 1}}},
 {'question': 'mul',
  'hint': '__mul__ still does all that __add__ does: value and gradients are those of a sum.',
  'shows': {0: {'out.data': -1.0},
            1: {'out.data': -2.625},
            2: {'out.data': 7.0},
            3: {'left.data': 7.0, 'right.data': 7.0},
            4: {'left.data': 1.0, 'right.data': 1.0},
            5: {'left.data': 2.0, 'right.data': 2.0},
            8: {'a.grad': 0.5, 'b.grad': 0.5},
            9: {'a.grad': -2.125, 'b.grad': -2.125},
            10: {'a.grad': -2.0, 'b.grad': -2.0},
            11: {'a.grad': 10.5, 'b.grad': -19.5}}},
 {'question': 'mul',
  'hint': "__mul__ computes the sum of its operands. Was the template's first line copied as it was?",
  'shows': {0: {'out.data': -1.0},
            1: {'out.data': -2.625},
            2: {'out.data': 7.0},
            3: {'left.data': 7.0, 'right.data': 7.0},
            4: {'left.data': 1.0, 'right.data': 1.0},
            5: {'left.data': 2.0, 'right.data': 2.0}}},
 {'question': 'mul',
  'hint': '__mul__ seems to need a Value on its right-hand side. The template turns a plain number into a Value '
          'before it uses .data.',
  'shows': {3: 'AttributeError/number', 4: 'AttributeError/number', 5: 'AttributeError/number'}},
 {'question': 'mul',
  'hint': 'The left operand keeps the gradient that it already has, and the right one seems to lose it. Compare '
          'the two lines of your _backward.',
  'shows': {11: {'a.grad': 8.0, 'b.grad': 1.5}}},
 {'question': 'mul',
  'hint': 'The right operand keeps the gradient that it already has, and the left one seems to lose it. Compare '
          'the two lines of your _backward.',
  'shows': {11: {'a.grad': -2.0, 'b.grad': -18.5}}},
 {'question': 'mul',
  'hint': 'The right operand seems to receive its local gradient alone. Compare the two lines of your _backward: '
          'what does only one of them have?',
  'shows': {8: {'a.grad': -2.0, 'b.grad': 3.0},
            9: {'a.grad': -5.3125, 'b.grad': -1.5},
            10: {'a.grad': 8.0, 'b.grad': 3.0},
            11: {'a.grad': 8.0, 'b.grad': -17.0}}},
 {'question': 'mul',
  'hint': 'The left operand seems to receive its local gradient alone. Compare the two lines of your _backward: '
          'what does only one of them have?',
  'shows': {8: {'a.grad': -4.0, 'b.grad': 1.5},
            9: {'a.grad': 2.5, 'b.grad': 3.1875},
            10: {'a.grad': -4.0, 'b.grad': -6.0},
            11: {'a.grad': 6.0, 'b.grad': -18.5}}},
 {'question': 'mul',
  'hint': 'Both operands of your product seem to receive the same local gradient, made from the right operand. Was '
          'one line copied from the other?',
  'shows': {8: {'a.grad': -2.0, 'b.grad': -2.0},
            9: {'a.grad': -5.3125, 'b.grad': -5.3125},
            10: {'a.grad': 8.0, 'b.grad': 8.0},
            11: {'a.grad': 8.0, 'b.grad': -22.0}}},
 {'question': 'mul',
  'hint': 'Both operands of your product seem to receive the same local gradient, made from the left operand. Was '
          'one line copied from the other?',
  'shows': {8: {'a.grad': 1.5, 'b.grad': 1.5},
            9: {'a.grad': 3.1875, 'b.grad': 3.1875},
            10: {'a.grad': -6.0, 'b.grad': -6.0},
            11: {'a.grad': 11.5, 'b.grad': -18.5}}},
 {'question': 'mul',
  'hint': 'The gradient of your product seems to use the sum of its operands. Hold one operand fixed and move the '
          'other by a little: by how much does the product change?',
  'shows': {8: {'a.grad': -0.5, 'b.grad': -0.5},
            9: {'a.grad': -2.125, 'b.grad': -2.125},
            10: {'a.grad': 2.0, 'b.grad': 2.0},
            11: {'a.grad': 9.5, 'b.grad': -20.5}}},
 {'question': 'mul',
  'hint': 'The gradient of the right operand has the wrong sign. That would be right for a difference; is there a '
          'minus in a product?',
  'shows': {8: {'a.grad': -2.0, 'b.grad': -1.5},
            9: {'a.grad': -5.3125, 'b.grad': -3.1875},
            10: {'a.grad': 8.0, 'b.grad': 6.0},
            11: {'a.grad': 8.0, 'b.grad': -21.5}}},
 {'question': 'mul',
  'hint': '__mul__ seems to divide the upstream gradient by a number. Hold one operand fixed and move the other by '
          'a little: by how much does the product change?',
  'shows': {8: {'a.grad': -0.125, 'b.grad': 0.16666666666666666},
            9: {'a.grad': -0.85, 'b.grad': 1.4166666666666667},
            10: {'a.grad': 0.5, 'b.grad': -0.6666666666666666},
            11: {'a.grad': 9.875, 'b.grad': -19.833333333333332}}},
 {'question': 'mul',
  'hint': 'The gradient of your product seems to use the grad of the other operand where its data belongs.',
  'shows': {8: {'a.grad': 0.0, 'b.grad': 0.0},
            9: {'a.grad': 0.0, 'b.grad': 0.0},
            10: {'a.grad': 0.0, 'b.grad': 0.0},
            11: {'a.grad': 0.0, 'b.grad': -20.0}}},
 {'question': 'mul',
  'hint': '__mul__ makes a new Value, but changes the data of the left operand as well. Compute the product '
          'without assigning to self.data.',
  'shows': {6: {'is out a new Value?': 1, 'a.data': -12.0, 'b.data': -4.0, 'out.grad': 0.0},
            8: {'a.grad': -2.0, 'b.grad': -6.0},
            9: {'a.grad': -5.3125, 'b.grad': 7.96875},
            10: {'a.grad': 8.0, 'b.grad': 24.0},
            11: {'a.grad': 8.0, 'b.grad': -26.0}}},
 {'question': 'mul',
  'hint': 'The children of out are new Values that look like the operands. The gradient goes to these copies; the '
          'operands themselves get none.',
  'shows': {7: {'is a a child of out?': 0, 'is b a child of out?': 0, 'number of children': 2},
            8: {'a.grad': 0.0, 'b.grad': 0.0},
            9: {'a.grad': 0.0, 'b.grad': 0.0},
            10: {'a.grad': 0.0, 'b.grad': 0.0},
            11: {'a.grad': 10.0, 'b.grad': -20.0}}},
 {'question': 'mul',
  'hint': 'out has a child too many. Which Values was it computed from?',
  'shows': {7: {'is a a child of out?': 1, 'is b a child of out?': 1, 'number of children': 3}}},
 {'question': 'pow',
  'hint': '__pow__ seems to replace the gradient that an operand already has. Compare with the template: what does '
          '`+=` do there that `=` would not?',
  'shows': {9: {'a.grad': 13.5}}},
 {'question': 'pow',
  'hint': '__pow__ seems to leave out the upstream gradient. The local gradient says how out changes with the '
          'operand; out.grad says how the loss changes with out. The chain rule needs both.',
  'shows': {5: {'a.grad': 6.0}, 6: {'a.grad': 12.0}, 7: {'a.grad': -1.5}, 8: {'a.grad': 6.0}, 9: {'a.grad': 37.0}}},
 {'question': 'pow',
  'hint': '__pow__ seems to add the local gradient and the upstream gradient. How does the chain rule combine two '
          'rates of change that act one after the other?',
  'shows': {5: {'a.grad': 6.5}, 6: {'a.grad': 10.5}, 7: {'a.grad': 0.5}, 8: {'a.grad': 4.0}, 9: {'a.grad': 37.5}}},
 {'question': 'pow',
  'hint': '__pow__ seems to read the gradient of the operand where it needs the gradient of out. Which of the two '
          'has already been computed when _backward runs?',
  'shows': {5: {'a.grad': 0.0}, 6: {'a.grad': 0.0}, 7: {'a.grad': 0.0}, 8: {'a.grad': 0.0}, 9: {'a.grad': 280.0}}},
 {'question': 'pow',
  'hint': '__pow__ seems to multiply by out.data where the chain rule has out.grad, the upstream gradient.',
  'shows': {5: {'a.grad': 54.0},
            6: {'a.grad': -96.0},
            7: {'a.grad': -0.84375},
            8: {'a.grad': 54.0},
            9: {'a.grad': 739.0}}},
 {'question': 'pow',
  'hint': '__pow__ seems to call its inner function instead of handing it over. `out._backward = _backward` stores '
          'the function for later; brackets after the name run it now, while out.grad is 0.',
  'shows': {5: 'TypeError/NoneType',
            6: 'TypeError/NoneType',
            7: 'TypeError/NoneType',
            8: 'TypeError/NoneType',
            9: 'TypeError/NoneType'}},
 {'question': 'pow',
  'hint': '__pow__ gives its operands no gradient. Either out never receives the inner function (look at the last '
          "lines of the template), or that function, when it runs later, adds nothing to an operand's grad.",
  'shows': {5: {'a.grad': 0.0}, 6: {'a.grad': 0.0}, 7: {'a.grad': 0.0}, 8: {'a.grad': 0.0}, 9: {'a.grad': 10.0}}},
 {'question': 'pow',
  'hint': '__pow__ seems not to record its operands as the children of out. Look at the second argument of Value '
          'in the template.',
  'shows': {3: {'is out a new Value?': 1, 'is a a child of out?': 0, 'a.data': 3.0}, 4: {'number of children': 0}}},
 {'question': 'pow',
  'hint': '__pow__ seems to change the operand itself and to return it. Build a new Value for the result, as the '
          'template does.',
  'shows': {3: {'is out a new Value?': 0, 'is a a child of out?': 0, 'a.data': 9.0},
            4: {'number of children': 0},
            5: {'a.grad': 0.5},
            6: {'a.grad': -1.5},
            7: {'a.grad': 2.0},
            8: {'a.grad': -2.0},
            9: {'a.grad': 0.5}}},
 {'question': 'pow',
  'hint': '__pow__ seems to return a plain number. A number cannot remember its operands; wrap it as the template '
          'does.',
  'shows': {0: 'AttributeError/number',
            1: 'AttributeError/number',
            2: 'AttributeError/number',
            3: 'AttributeError/number',
            4: 'AttributeError/number',
            5: 'AttributeError/number',
            6: 'AttributeError/number',
            7: 'AttributeError/number',
            8: 'AttributeError/number',
            9: 'AttributeError/number'}},
 {'question': 'pow',
  'hint': '__pow__ seems to return nothing. Look at the very last line of the template.',
  'shows': {0: 'AttributeError/NoneType',
            1: 'AttributeError/NoneType',
            2: 'AttributeError/NoneType',
            3: 'AttributeError/NoneType',
            4: 'AttributeError/NoneType',
            5: 'AttributeError/NoneType',
            6: 'AttributeError/NoneType',
            7: 'AttributeError/NoneType',
            8: 'AttributeError/NoneType',
            9: 'AttributeError/NoneType'}},
 {'question': 'pow',
  'hint': 'The gradients of __pow__ have the right size and the wrong sign. Where does your _backward subtract, or '
          'put a minus, that the chain rule does not have?',
  'shows': {5: {'a.grad': -3.0},
            6: {'a.grad': 18.0},
            7: {'a.grad': 3.0},
            8: {'a.grad': 12.0},
            9: {'a.grad': -3.5}}},
 {'question': 'pow',
  'hint': 'Each contribution of __pow__ arrives doubled. Is a line of your _backward there twice, or a factor 2 '
          'that the chain rule does not have?',
  'shows': {5: {'a.grad': 6.0},
            6: {'a.grad': -36.0},
            7: {'a.grad': -6.0},
            8: {'a.grad': -24.0},
            9: {'a.grad': 37.0}}},
 {'question': 'pow',
  'hint': '__pow__ seems to multiply the gradient that an operand already has. That is 0 at first; how do '
          'contributions combine?',
  'shows': {5: {'a.grad': 0.0},
            6: {'a.grad': -0.0},
            7: {'a.grad': -0.0},
            8: {'a.grad': -0.0},
            9: {'a.grad': 135.0}}},
 {'question': 'pow',
  'hint': 'The factor in front is missing from the gradient of your power. What happens to the exponent when x ** '
          '3 is differentiated? It appears in two places.',
  'shows': {5: {'a.grad': 1.5},
            6: {'a.grad': -6.0},
            7: {'a.grad': -1.5},
            8: {'a.grad': -6.0},
            9: {'a.grad': 14.5}}},
 {'question': 'pow',
  'hint': 'The exponent in the gradient of your power is the old one. What happens to the exponent when x ** 3 is '
          'differentiated?',
  'shows': {5: {'a.grad': 9.0},
            6: {'a.grad': 36.0},
            7: {'a.grad': 2.25},
            8: {'a.grad': -36.0},
            9: {'a.grad': 50.5}}},
 {'question': 'pow',
  'hint': 'The gradient of your power is right for squares only. Which part of 2 * x came from the exponent?',
  'shows': {6: {'a.grad': 6.0}, 9: {'a.grad': 13.0}}},
 {'question': 'pow',
  'hint': '__pow__ squares the base whatever the exponent is. Where does the exponent come in?',
  'shows': {1: {'out.data': 4.0}, 2: {'out.data': 16.0}, 6: {'a.grad': 6.0}, 9: {'a.grad': 13.0}}},
 {'question': 'pow',
  'hint': 'The factor in front of your gradient is one too small. Differentiate x ** 3 on paper: which number '
          'comes down?',
  'shows': {5: {'a.grad': 1.5},
            6: {'a.grad': -12.0},
            7: {'a.grad': -1.5},
            8: {'a.grad': -6.0},
            9: {'a.grad': 19.0}}},
 {'question': 'pow',
  'hint': 'The exponent in the gradient of your power went up. It does so when x ** 3 is integrated; what happens '
          'when it is differentiated?',
  'shows': {5: {'a.grad': 27.0},
            6: {'a.grad': -72.0},
            7: {'a.grad': -1.6875},
            8: {'a.grad': -108.0},
            9: {'a.grad': 131.5}}},
 {'question': 'pow',
  'hint': 'The gradient of your power multiplies by n - 1 where it should raise to a power. Is there a `*` where '
          '`**` was meant?',
  'shows': {6: {'a.grad': 18.0}, 9: {'a.grad': 19.0}}},
 {'question': 'pow',
  'hint': 'Python raises to a power first, then multiplies, then subtracts. Does your gradient subtract the 1 from '
          'the exponent, or from everything before it?',
  'shows': {5: {'a.grad': 17.5},
            6: {'a.grad': -22.5},
            7: {'a.grad': -0.875},
            8: {'a.grad': 20.0},
            9: {'a.grad': 90.5}}},
 {'question': 'pow',
  'hint': 'Python raises to a power before it subtracts. Does your gradient subtract the 1 from the exponent, or '
          'from the power?',
  'shows': {5: {'a.grad': 8.5},
            6: {'a.grad': 37.5},
            7: {'a.grad': 0.25},
            8: {'a.grad': -34.0},
            9: {'a.grad': 50.0}}},
 {'question': 'pow',
  'hint': 'out seems to record the exponent as a child too. The exponent is a constant: no gradient flows to it.',
  'shows': {4: {'number of children': 2}}},
 {'question': 'pow',
  'hint': '__pow__ multiplies by the exponent instead of raising to it. Is there a `*` where `**` was meant?',
  'shows': {0: {'out.data': 6.0}, 1: {'out.data': -6.0}}},
 {'question': 'pow',
  'hint': 'The local gradient of your power seems to be the power itself. Differentiate x ** 3 on paper: what '
          'happens to the exponent?',
  'shows': {5: {'a.grad': 4.5}, 6: {'a.grad': 12.0}, 7: {'a.grad': 1.125}, 8: {'a.grad': -18.0}}},
 {'question': 'pow',
  'hint': 'The local gradient of your power multiplies base and exponent. That is right for squares only; '
          'differentiate x ** 3 on paper.',
  'shows': {6: {'a.grad': 9.0}, 9: {'a.grad': 14.5}}},
 {'question': 'pow',
  'hint': 'In the gradient of your power, base and exponent seem to have changed places. Which of the two moves, '
          'and which is a constant?',
  'shows': {5: {'a.grad': 6.0},
            6: {'a.grad': 0.1111111111111111},
            7: {'a.grad': -0.4459526681260204},
            8: {'a.grad': -24.0}}},
 {'question': 'pow',
  'hint': '__pow__ seems to raise the exponent to the base. Which of the two is self?',
  'shows': {0: {'out.data': 8.0}, 1: {'out.data': 0.1111111111111111}, 2: {'out.data': 0.0625}}},
 {'question': 'pow',
  'hint': 'Your gradient has a logarithm, as that of an exponential function. Here the base moves and the exponent '
          'is a constant.',
  'shows': {5: {'a.grad': 4.943755299006494},
            6: 'ValueError/',
            7: 'ValueError/',
            8: {'a.grad': -19.775021196025975},
            9: {'a.grad': 24.831265897019485}}},
 {'question': 'pow',
  'hint': 'The factor in front of your gradient seems to be raised to the power as well. Look at the brackets.',
  'shows': {6: {'a.grad': -54.0}, 9: {'a.grad': 50.5}}},
 {'question': 'pow',
  'hint': 'The upstream gradient seems to be raised to a power too. Look at the brackets.',
  'shows': {6: {'a.grad': 27.0}, 9: {'a.grad': 16.75}}},
 {'question': 'pow',
  'hint': 'The gradient of your power seems to use out.data where the data of the base belongs.',
  'shows': {5: {'a.grad': 9.0},
            6: {'a.grad': -288.0},
            7: {'a.grad': 2.25},
            8: {'a.grad': -36.0},
            9: {'a.grad': 1103.5}}},
 {'question': 'pow',
  'hint': 'Your gradient lowers the factor in front and keeps the exponent. Differentiate x ** 3 on paper: which '
          'of the two becomes a 2?',
  'shows': {5: {'a.grad': 4.5},
            6: {'a.grad': 24.0},
            7: {'a.grad': 1.125},
            8: {'a.grad': -18.0},
            9: {'a.grad': 37.0}}},
 {'question': 'pow',
  'hint': 'The gradient of your power is its integral. What happens to the exponent when x ** 3 is differentiated?',
  'shows': {5: {'a.grad': 4.5},
            6: {'a.grad': -6.0},
            7: {'a.grad': -0.28125},
            8: {'a.grad': -18.0},
            9: {'a.grad': 20.125}}},
 {'question': 'pow',
  'hint': 'The gradient of your power is that of a sum: it is handed on as it came. By how much does x ** 3 change '
          'when x grows by a little?',
  'shows': {5: {'a.grad': 0.5}, 6: {'a.grad': -1.5}, 7: {'a.grad': 2.0}, 8: {'a.grad': -2.0}, 9: {'a.grad': 10.5}}},
 {'question': 'pow',
  'hint': '__pow__ seems to drop the sign of the base. What is (-2) ** 3?',
  'shows': {1: {'out.data': 8.0}}},
 {'question': 'pow',
  'hint': 'The gradient of your power seems to drop the sign of the base. On which side of 0 does x ** 2 fall when '
          'x grows?',
  'shows': {7: {'a.grad': 3.0}}},
 {'question': 'pow',
  'hint': 'The gradient of your power seems to be rounded down to a whole number. Is there a `//`?',
  'shows': {7: {'a.grad': -4.0}}},
 {'question': 'pow',
  'hint': '__pow__ seems to take a logarithm of the base, which a negative number does not have.',
  'shows': {1: 'ValueError/', 6: 'ValueError/', 7: 'ValueError/'}},
 {'question': 'pow',
  'hint': '__pow__ makes a new Value, but changes the data of the base as well. Compute the power without '
          'assigning to self.data.',
  'shows': {3: {'is out a new Value?': 1, 'is a a child of out?': 1, 'a.data': 9.0},
            5: {'a.grad': 9.0},
            6: {'a.grad': -288.0},
            7: {'a.grad': 2.25},
            8: {'a.grad': -36.0},
            9: {'a.grad': 1103.5}}},
 {'question': 'relu',
  'hint': 'relu seems to replace the gradient that an operand already has. Compare with the template: what does '
          '`+=` do there that `=` would not?',
  'shows': {10: {}, 11: {'a.grad': -1.5}, 12: {'a.grad': 0.0}}},
 {'question': 'relu',
  'hint': 'relu seems to leave out the upstream gradient. The local gradient says how out changes with the '
          'operand; out.grad says how the loss changes with out. The chain rule needs both.',
  'shows': {6: {'a.grad': 1.0}, 8: {'a.grad': 1.0}, 9: {'a.grad': 1.0}, 10: {}, 11: {'a.grad': 11.0}}},
 {'question': 'relu',
  'hint': 'relu seems to add the local gradient and the upstream gradient. How does the chain rule combine two '
          'rates of change that act one after the other?',
  'shows': {6: {'a.grad': 1.5},
            7: {'a.grad': 0.5},
            8: {'a.grad': -0.5},
            9: {'a.grad': -0.5},
            10: {},
            11: {'a.grad': 9.5},
            12: {'a.grad': 10.5}}},
 {'question': 'relu',
  'hint': 'relu seems to read the gradient of the operand where it needs the gradient of out. Which of the two has '
          'already been computed when _backward runs?',
  'shows': {6: {'a.grad': 0.0}, 8: {'a.grad': 0.0}, 9: {'a.grad': 0.0}, 10: {}, 11: {'a.grad': 20.0}}},
 {'question': 'relu',
  'hint': 'relu seems to multiply by out.data where the chain rule has out.grad, the upstream gradient.',
  'shows': {6: {'a.grad': 3.0}, 8: {'a.grad': 2.0}, 9: {'a.grad': 3.0}, 10: {}, 11: {'a.grad': 13.0}}},
 {'question': 'relu',
  'hint': 'relu seems to call its inner function instead of handing it over. `out._backward = _backward` stores '
          'the function for later; brackets after the name run it now, while out.grad is 0.',
  'shows': {6: 'TypeError/NoneType',
            7: 'TypeError/NoneType',
            8: 'TypeError/NoneType',
            9: 'TypeError/NoneType',
            10: 'TypeError/NoneType',
            11: 'TypeError/NoneType',
            12: 'TypeError/NoneType'}},
 {'question': 'relu',
  'hint': 'relu gives its operands no gradient. Either out never receives the inner function (look at the last '
          "lines of the template), or that function, when it runs later, adds nothing to an operand's grad.",
  'shows': {6: {'a.grad': 0.0}, 8: {'a.grad': 0.0}, 9: {'a.grad': 0.0}, 10: {}, 11: {'a.grad': 10.0}}},
 {'question': 'relu',
  'hint': 'relu seems not to record its operands as the children of out. Look at the second argument of Value in '
          'the template.',
  'shows': {4: {'is out a new Value?': 1, 'is a a child of out?': 0, 'a.data': 3.0},
            5: {'is out a new Value?': 1, 'is a a child of out?': 0, 'a.data': -4.0},
            10: {}}},
 {'question': 'relu',
  'hint': 'relu seems to change the operand itself and to return it. Build a new Value for the result, as the '
          'template does.',
  'shows': {4: {'is out a new Value?': 0, 'is a a child of out?': 0, 'a.data': 3.0},
            5: {'is out a new Value?': 0, 'is a a child of out?': 0, 'a.data': 0.0},
            7: {'a.grad': 0.5},
            10: {},
            11: {'a.grad': -1.5},
            12: {'a.grad': 0.5}}},
 {'question': 'relu',
  'hint': 'relu seems to return a plain number. A number cannot remember its operands; wrap it as the template '
          'does.',
  'shows': {0: 'AttributeError/number',
            1: 'AttributeError/number',
            2: 'AttributeError/number',
            3: 'AttributeError/number',
            4: 'AttributeError/number',
            5: 'AttributeError/number',
            6: 'AttributeError/number',
            7: 'AttributeError/number',
            8: 'AttributeError/number',
            9: 'AttributeError/number',
            10: 'AttributeError/number',
            11: 'AttributeError/number',
            12: 'AttributeError/number'}},
 {'question': 'relu',
  'hint': 'relu seems to return nothing. Look at the very last line of the template.',
  'shows': {0: 'AttributeError/NoneType',
            1: 'AttributeError/NoneType',
            2: 'AttributeError/NoneType',
            3: 'AttributeError/NoneType',
            4: 'AttributeError/NoneType',
            5: 'AttributeError/NoneType',
            6: 'AttributeError/NoneType',
            7: 'AttributeError/NoneType',
            8: 'AttributeError/NoneType',
            9: 'AttributeError/NoneType',
            10: 'AttributeError/NoneType',
            11: 'AttributeError/NoneType',
            12: 'AttributeError/NoneType'}},
 {'question': 'relu',
  'hint': 'The gradients of relu have the right size and the wrong sign. Where does your _backward subtract, or '
          'put a minus, that the chain rule does not have?',
  'shows': {6: {'a.grad': -0.5}, 8: {'a.grad': 1.5}, 9: {'a.grad': 1.5}, 10: {}, 11: {'a.grad': 11.5}}},
 {'question': 'relu',
  'hint': 'Each contribution of relu arrives doubled. Is a line of your _backward there twice, or a factor 2 that '
          'the chain rule does not have?',
  'shows': {6: {'a.grad': 1.0}, 8: {'a.grad': -3.0}, 9: {'a.grad': -3.0}, 10: {}, 11: {'a.grad': 7.0}}},
 {'question': 'relu',
  'hint': 'relu seems to multiply the gradient that an operand already has. That is 0 at first; how do '
          'contributions combine?',
  'shows': {6: {'a.grad': 0.0},
            8: {'a.grad': -0.0},
            9: {'a.grad': -0.0},
            10: {},
            11: {'a.grad': -15.0},
            12: {'a.grad': 0.0}}},
 {'question': 'relu',
  'hint': 'relu lets the gradient through where the data is negative and stops it where it is positive. On which '
          'side does the output follow the input?',
  'shows': {6: {'a.grad': 0.0},
            7: {'a.grad': 0.5},
            8: {'a.grad': 0.0},
            9: {'a.grad': 0.0},
            10: {},
            11: {'a.grad': 10.0},
            12: {'a.grad': 10.5}}},
 {'question': 'relu',
  'hint': 'relu lets every gradient through. On which side of 0 does the output not depend on the input at all?',
  'shows': {7: {'a.grad': 0.5}, 10: {}, 12: {'a.grad': 10.5}}},
 {'question': 'relu',
  'hint': 'relu multiplies the gradient by its output. What is the slope of the line that relu follows for '
          'positive data?',
  'shows': {6: {'a.grad': 1.5}, 8: {'a.grad': -3.0}, 9: {'a.grad': -4.5}, 10: {}, 11: {'a.grad': 5.5}}},
 {'question': 'relu',
  'hint': 'relu decides by the sign of the upstream gradient. Which number tells on which side of the kink the '
          'operand lies?',
  'shows': {7: {'a.grad': 0.5},
            8: {'a.grad': 0.0},
            9: {'a.grad': 0.0},
            10: {},
            11: {'a.grad': 10.0},
            12: {'a.grad': 10.5}}},
 {'question': 'relu',
  'hint': 'Your relu has its kink at 1. Where does max(0, x) change from one line to the other?',
  'shows': {3: {'out.data': 0.0}, 10: {}}},
 {'question': 'relu',
  'hint': 'Your relu turns negative data into positive data; that is the absolute value.',
  'shows': {1: {'out.data': 4.0}, 7: {'a.grad': -0.5}, 10: {}, 12: {'a.grad': 9.5}}},
 {'question': 'relu',
  'hint': 'relu seems to turn the gradient round where the data is negative. By how much does the output change '
          'there when the input changes by a little?',
  'shows': {7: {'a.grad': -0.5}, 10: {}, 12: {'a.grad': 9.5}}},
 {'question': 'relu',
  'hint': 'Your relu lets a little of the negative side through; that is the leaky variant.',
  'shows': {1: {'out.data': -0.04}, 7: {'a.grad': 0.005}, 10: {}, 12: {'a.grad': 10.005}}},
 {'question': 'relu',
  'hint': 'Your relu returns 1 where the data is positive. Which number should it keep there?',
  'shows': {0: {'out.data': 1.0}, 3: {'out.data': 1.0}, 10: {}}},
 {'question': 'relu',
  'hint': 'relu seems to return the operand itself where it is positive. Build a new Value for the result, as the '
          'template does.',
  'shows': {4: {'is out a new Value?': 0, 'is a a child of out?': 0, 'a.data': 3.0},
            5: {'is out a new Value?': 1, 'is a a child of out?': 0, 'a.data': -4.0},
            10: {},
            11: {'a.grad': -1.5}}},
 {'question': 'relu',
  'hint': 'Your relu keeps the negative side and drops the positive one.',
  'shows': {0: {'out.data': 0.0},
            1: {'out.data': -4.0},
            3: {'out.data': 0.0},
            6: {'a.grad': 0.0},
            7: {'a.grad': 0.5},
            8: {'a.grad': 0.0},
            9: {'a.grad': 0.0},
            10: {},
            11: {'a.grad': 10.0},
            12: {'a.grad': 10.5}}},
 {'question': 'relu',
  'hint': 'relu keeps the gradient that a negative operand has, and replaces that of a positive one. What does '
          '`+=` do in the template that `=` would not?',
  'shows': {10: {}, 11: {'a.grad': -1.5}}},
 {'question': 'relu',
  'hint': 'relu seems to set the gradient of a negative operand to 0. Nothing is added to it here, but what other '
          'paths brought must stay.',
  'shows': {10: {}, 12: {'a.grad': 0.0}}},
 {'question': 'relu',
  'hint': "relu decides by the sign of the operand's own gradient. Which number tells on which side of the kink "
          'the operand lies?',
  'shows': {6: {'a.grad': 0.0}, 8: {'a.grad': 0.0}, 9: {'a.grad': 0.0}, 10: {}, 12: {'a.grad': 10.5}}},
 {'question': 'relu',
  'hint': 'relu stops negative gradients on the positive side, too. There the output follows the input, whichever '
          'sign the gradient has.',
  'shows': {8: {'a.grad': 0.0}, 9: {'a.grad': 0.0}, 10: {}, 11: {'a.grad': 10.0}}},
 {'question': 'relu',
  'hint': 'Your gradient fails where the data is exactly 0: it divides by it. Compare instead of dividing.',
  'shows': {10: 'ZeroDivisionError/'}},
 {'question': 'relu',
  'hint': 'Your relu lets a tenth of the negative side through; that is the leaky variant.',
  'shows': {1: {'out.data': -0.4}, 7: {'a.grad': 0.05}, 10: {}, 12: {'a.grad': 10.05}}},
 {'question': 'relu',
  'hint': 'The value of your relu is right; its gradient is that of the leaky variant.',
  'shows': {7: {'a.grad': 0.005}, 10: {}, 12: {'a.grad': 10.005}}},
 {'question': 'relu',
  'hint': 'Your relu hands the data on unchanged. What should become of a negative number?',
  'shows': {1: {'out.data': -4.0}, 10: {}}},
 {'question': 'relu',
  'hint': 'The gradient of your relu is right; its value is the absolute value.',
  'shows': {1: {'out.data': 4.0}, 10: {}}},
 {'question': 'relu',
  'hint': 'The gradient of your relu is right; its value keeps the negative side and drops the positive one.',
  'shows': {0: {'out.data': 0.0}, 1: {'out.data': -4.0}, 3: {'out.data': 0.0}, 10: {}}},
 {'question': 'relu',
  'hint': 'The value of your relu is never below 1. With which number must the data be compared?',
  'shows': {1: {'out.data': 1.0}, 2: {'out.data': 1.0}, 3: {'out.data': 1.0}, 10: {}}},
 {'question': 'relu',
  'hint': 'Your relu is softplus, its smooth cousin. Where has relu a kink?',
  'shows': {0: {'out.data': 3.048587351573742},
            1: {'out.data': 0.018149927917809738},
            2: {'out.data': 0.6931471805599453},
            3: {'out.data': 0.8259394198788436},
            6: {'a.grad': 0.4762870634112167},
            7: {'a.grad': 0.00899310498104578},
            8: {'a.grad': -1.3211956169668235},
            9: {'a.grad': -1.42886119023365},
            10: {},
            11: {'a.grad': 8.57113880976635},
            12: {'a.grad': 10.008993104981046}}},
 {'question': 'relu',
  'hint': 'Your relu is the logistic function. What does relu do with a large number?',
  'shows': {0: {'out.data': 0.9525741268224334},
            1: {'out.data': 0.01798620996209156},
            2: {'out.data': 0.5},
            3: {'out.data': 0.5621765008857981},
            6: {'a.grad': 0.022588329865456},
            7: {'a.grad': 0.008831353106645559},
            8: {'a.grad': -0.15749037810525993},
            9: {'a.grad': -0.067764989596368},
            10: {},
            11: {'a.grad': 9.932235010403632},
            12: {'a.grad': 10.008831353106645}}},
 {'question': 'relu',
  'hint': 'Your relu is the hyperbolic tangent. What does relu do with a large number?',
  'shows': {0: {'out.data': 0.9950547536867305},
            1: {'out.data': -0.999329299739067},
            3: {'out.data': 0.24491866240370913},
            6: {'a.grad': 0.004933018582720106},
            7: {'a.grad': 0.0006704753415129328},
            8: {'a.grad': -0.10597623727974664},
            9: {'a.grad': -0.014799055748160317},
            10: {},
            11: {'a.grad': 9.98520094425184},
            12: {'a.grad': 10.000670475341513}}},
 {'question': 'relu',
  'hint': 'Your relu has an exponential on the negative side; that is another variant.',
  'shows': {1: {'out.data': -0.9816843611112658},
            7: {'a.grad': 0.00915781944436709},
            10: {},
            12: {'a.grad': 10.009157819444367}}},
 {'question': 'relu',
  'hint': 'relu records its operand only where that is positive. The graph is the same on both sides of 0.',
  'shows': {5: {'is out a new Value?': 1, 'is a a child of out?': 0, 'a.data': -4.0}, 10: {}}},
 {'question': 'relu',
  'hint': 'relu makes a new Value, but changes the data of its operand as well. Compute the result without '
          'assigning to self.data.',
  'shows': {5: {'is out a new Value?': 1, 'is a a child of out?': 1, 'a.data': 0.0}, 10: {}}}]


# fmt: on

if __name__ == "__main__":
    main(sys.argv[1:])
