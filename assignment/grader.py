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
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from numbers import Real
from pathlib import Path
from types import SimpleNamespace
from typing import Any, Protocol

NOTEBOOK = Path(__file__).with_name("autodiff.ipynb")
QUESTIONS = ("mul", "pow", "relu", "training", "test_vs_train")
CHOICES = ("choice_1", "choice_2")

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

    def headline(self) -> str:
        """The mark, the title and the points in one line."""
        points = "1 point" if self.row["points"] == 1 else f"{self.row['points']} points"
        return f"{MARKS[self.state]} {self.row['title']} ({points}): {self.state}"

    def __str__(self) -> str:
        return printable("\n    ".join([self.headline(), *self.message.splitlines()]))

    def _repr_html_(self) -> str:
        lines = "<br>".join(html.escape(line) for line in self.message.splitlines())
        details = f'<div style="margin-left: 2em">{lines}</div>' if lines else ""
        return html.escape(self.headline()) + details


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
        title = html.escape(f"Question {self.question}")
        return f'<p><strong>{title}</strong></p><ul style="list-style: none">{items}</ul><p>{self.summary()}</p>'


@dataclass(frozen=True)
class Help:
    """What ``check`` answers when it does not know the question."""

    asked: object

    def __repr__(self) -> str:
        problem = f"There is no question {self.asked!r}. " if self.asked else ""
        return f'{problem}Name a question, for example grader.check("mul"). They are: {", ".join(QUESTIONS)}.'


def summary(outcomes: Iterable[Outcome]) -> str:
    """Points earned so far, and what they do not include."""
    points = [(outcome.row["points"], outcome.state == PASSED) for outcome in outcomes]
    earned, total = sum(each for each, passed in points if passed), sum(each for each, _ in points)
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
        known[row["id"]] = _not_reached(row, missing) if missing else _run(row, namespace)
    return known[row["id"]]


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
    engine = SimpleNamespace(**{name: _needed(namespace, name) for name in ("Value", "Layer", "Network")})
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
    return is_definition(statement) or (isinstance(statement, (ast.Assign, ast.AnnAssign)) and not calls)


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


_MAGIC = re.compile(r"(?P<indent>\s*)(?:[%!?]|[\w, ]+=\s*[%!]|[\w.%]+\?{1,2}\s*$)")


_DEFINITIONS = (ast.Import, ast.ImportFrom, ast.FunctionDef, ast.ClassDef)


def parse(source: str, file: str) -> list[ast.stmt]:
    """The statements of a cell, its magics and shell lines blanked; ``SyntaxError`` and the like if it has none."""
    source = source.replace("\0", "")
    if source.lstrip().startswith("%%"):
        source = _without_cell_magic(source)
    try:
        return ast.parse(source, file).body
    except SyntaxError:
        # Only now: a line of a long expression or of a text may well start with a percent sign.
        return ast.parse(_without_magics(source), file).body


def _without_cell_magic(source: str) -> str:
    first, _, body = source.lstrip().partition("\n")
    above = source[: len(source) - len(source.lstrip())].count("\n") + 1
    kept = first[2:].split(None, 1)[:1] in [[magic] for magic in _KEPT_MAGICS]
    return "\n" * above + body if kept else ""


def _without_magics(source: str) -> str:
    """Magic lines become ``pass``, which keeps the lines' numbers and a block from being empty."""
    matches = ((line, _MAGIC.match(line)) for line in source.split("\n"))
    return "\n".join(f"{match['indent']}pass" if match else line for line, match in matches)


def is_definition(node: ast.stmt) -> bool:
    """Whether ``node`` imports, defines a function or class, or attaches one to a class."""
    return isinstance(node, _DEFINITIONS) or _is_setattr(node) or _assigns_attribute(node)


def _is_setattr(node: ast.stmt) -> bool:
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


def agrees(expected: Any, measured: Any) -> bool:
    """Whether a measured number equals ``expected``, or lies in it where that is an interval (low, high)."""
    if isinstance(measured, bool) or not isinstance(measured, (int, float)):
        return False
    if isinstance(expected, (tuple, list)):
        low, high = expected
        return bool(low - ABS_TOL <= measured <= high + ABS_TOL)
    return math.isclose(expected, measured, rel_tol=REL_TOL, abs_tol=ABS_TOL)


def mismatches(expected: Mapping[str, Any], measured: Mapping[str, Any]) -> list[str]:
    """The names in ``expected`` whose measured value is missing or does not agree, in order."""
    return [name for name in expected if name not in measured or not agrees(expected[name], measured[name])]


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


Measured = dict[str, Any]
"""What a probe saw: names to numbers, or to whatever the student's code left in their place."""


class Engine(Protocol):
    """What a training probe needs: the three classes of the notebook."""

    Value: Any
    Layer: Any
    Network: Any


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
        "is a a child of out?": _is_child(a, out),
        "is b a child of out?": _is_child(b, out),
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


def _is_child(node: Any, out: Any) -> int:
    return int(any(child is node for child in out._prev))


def _single_operand_node(Value: Any, a: Any, out: Any) -> Measured:  # noqa: N803
    return {
        "is out a new Value?": int(isinstance(out, Value) and out is not a),
        "is a a child of out?": _is_child(a, out),
        "a.data": a.data,
    }


def _local_gradient(a: Any, out: Any, inputs: Mapping[str, Any]) -> Measured:
    out.grad = inputs["upstream"]
    out._backward()
    return {"a.grad": a.grad}


def gradient_descent(engine: Engine, inputs: Mapping[str, Any]) -> Iterator[Measured]:
    """random.seed({seed}), then {epochs} epochs of gradient descent on {count} houses, learning rate {learning_rate}"""
    random.seed(inputs["seed"])
    network = engine.Network(*(engine.Layer(n_in, n_out, add_relu=relu) for n_in, n_out, relu in inputs["layers"]))
    collects = gc.isenabled()
    gc.disable()  # walking the growing graph again and again is five sixths of the time
    try:
        for epoch in range(inputs["epochs"]):
            network.zero_grad()
            measured: Measured = {"loss": _full_batch_loss(network, inputs["x"], inputs["y"])}
            if epoch == 0:
                measured |= _parameter_gradients(network)
            yield measured
            network.update(inputs["learning_rate"])
            gc.collect()  # what `_release` could not reach
    finally:
        if collects:
            gc.enable()


def _full_batch_loss(network: Any, x: Any, y: Any) -> Any:
    """The mean squared error; ``backward`` runs house by house, for the gradient of a sum is the sum of gradients."""
    loss = 0.0
    for features, price in zip(x, y, strict=True):
        house_loss = (_prediction(network, features) - price) ** 2 * (1 / len(x))
        house_loss.backward()
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
                return


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
  'title': 'The product of two Values holds the product of their data',
  'points': 2,
  'why': 'Everything later is computed from these values.',
  'requires': (),
  'probe': 'product_forward',
  'reads': (),
  'cases': [{'inputs': {'a': 3.0, 'b': -4.0}, 'expected': {'out.data': -12.0}},
            {'inputs': {'a': -2.5, 'b': -1.5}, 'expected': {'out.data': 3.75}},
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
  'title': 'Each operand receives the other operand times the upstream gradient',
  'points': 4,
  'why': 'Backpropagation is nothing but these local gradients, each times the gradient that arrives at out.',
  'requires': (),
  'probe': 'product_gradients',
  'reads': (),
  'cases': [{'inputs': {'a': 3.0, 'b': -4.0, 'upstream': 0.5}, 'expected': {'a.grad': -2.0, 'b.grad': 1.5}},
            {'inputs': {'a': -1.5, 'b': 2.5, 'upstream': -2.0}, 'expected': {'a.grad': -5.0, 'b.grad': 3.0}}]},
 {'id': 'mul.accumulates',
  'question': 'mul',
  'title': 'The gradient is added to what the operand already has',
  'points': 3,
  'why': 'A value that is used several times receives several contributions; its gradient is their sum.',
  'requires': (),
  'probe': 'product_accumulates',
  'reads': (),
  'cases': [{'inputs': {'a': 3.0, 'b': -4.0, 'a_grad': 10.0, 'b_grad': -20.0, 'upstream': 0.5},
             'expected': {'a.grad': 8.0, 'b.grad': -18.5}}]},
 {'id': 'pow.forward',
  'question': 'pow',
  'title': 'A power of a Value holds that power of its data',
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
  'title': 'The base receives n * a ** (n - 1) times the upstream gradient',
  'points': 4,
  'why': 'Backpropagation is nothing but these local gradients, each times the gradient that arrives at out.',
  'requires': (),
  'probe': 'power_gradient',
  'reads': (),
  'cases': [{'inputs': {'a': 3.0, 'n': 2, 'upstream': 0.5}, 'expected': {'a.grad': 3.0}},
            {'inputs': {'a': -2.0, 'n': 3, 'upstream': -1.5}, 'expected': {'a.grad': -18.0}}]},
 {'id': 'pow.accumulates',
  'question': 'pow',
  'title': 'The gradient is added to what the base already has',
  'points': 2,
  'why': 'A value that is used several times receives several contributions; its gradient is their sum.',
  'requires': (),
  'probe': 'power_accumulates',
  'reads': (),
  'cases': [{'inputs': {'a': 3.0, 'n': 3, 'a_grad': 10.0, 'upstream': 0.5}, 'expected': {'a.grad': 23.5}}]},
 {'id': 'relu.forward',
  'question': 'relu',
  'title': 'relu keeps positive data and turns the rest into 0',
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
  'title': 'The upstream gradient passes where the data is positive and stops where it is negative',
  'points': 3,
  'why': 'Backpropagation is nothing but these local gradients, each times the gradient that arrives at out.',
  'requires': (),
  'probe': 'relu_gradient',
  'reads': (),
  'cases': [{'inputs': {'a': 3.0, 'upstream': 0.5}, 'expected': {'a.grad': 0.5}},
            {'inputs': {'a': -4.0, 'upstream': 0.5}, 'expected': {'a.grad': 0.0}},
            {'inputs': {'a': 2.0, 'upstream': -1.5}, 'expected': {'a.grad': -1.5}}]},
 {'id': 'relu.at_zero',
  'question': 'relu',
  'title': 'At exactly 0 the gradient is a subgradient: between 0 and the upstream gradient',
  'points': 1,
  'why': 'At the kink every slope between 0 and 1 is a valid choice; the course takes 0.',
  'requires': ('relu.local_gradient',),
  'probe': 'relu_gradient',
  'reads': (),
  'cases': [{'inputs': {'a': 0.0, 'upstream': 2.0}, 'expected': {'a.grad': (0.0, 2.0)}}]},
 {'id': 'relu.accumulates',
  'question': 'relu',
  'title': 'The gradient is added to what the operand already has',
  'points': 2,
  'why': 'A value that is used several times receives several contributions; its gradient is their sum.',
  'requires': (),
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


# fmt: on

if __name__ == "__main__":
    main(sys.argv[1:])
