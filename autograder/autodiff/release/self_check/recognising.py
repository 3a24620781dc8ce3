"""Recognition of known mistakes by what they compute."""

from __future__ import annotations

import ast
from collections.abc import Mapping
from typing import Any

from autograder.autodiff.location import located
from autograder.grading.compare import mismatches, side_by_side
from autograder.grading.python_errors import subject

from .filled_in import CHECKS, METHODS, MISTAKES
from .measuring import _measured, not_attached


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
