"""Reads the letters and numbers that are answers as literals, so that nothing of the student's is run for them.

The last assignment at the top level of a code cell that is not blank wins, wherever the cell stands: tags get lost.
"""

from __future__ import annotations

import ast
import math
import operator
import re
import warnings
from collections.abc import Iterator, Sequence
from functools import lru_cache

from autograder.vocabulary import Manifest, Scalar
from autograder.wire.statements import without_indent

MAX_PARSED = 60_000
"""Characters of code parsed in all: a notebook has 30,000, an answer cell 200.

The tree takes 100 times the memory of its text, and up to Python 3.11 the time for an f-string grows with the square
of its length: this much takes 0.5 s, and 200,000 take 5 s.
"""

MAX_LINE, MAX_LINES = 1000, 200
"""Characters of a line, and lines, of a cell that is read line by line, as it is damaged or too long to be parsed."""

_MAGIC = re.compile(r"^[ \t]*[%!].*", re.MULTILINE)
_LETTER = re.compile(r"\(?\s*([A-E])\s*[).:]?", re.IGNORECASE)
_OPERATIONS = {
    ast.Add: operator.add,
    ast.Sub: operator.sub,
    ast.Mult: operator.mul,
    ast.Div: operator.truediv,
    ast.FloorDiv: operator.floordiv,
    ast.Mod: operator.mod,
    ast.Pow: math.pow,  # of floats, so that nothing grows, and never complex
}
_PARSE_ERRORS = (SyntaxError, ValueError, RecursionError, MemoryError)


@lru_cache(maxsize=4)
def _name(names: tuple[str, ...]) -> re.Pattern[str]:
    """One of the names, as a word."""
    return re.compile(r"\b(?:" + "|".join(names) + r")\b")


@lru_cache(maxsize=4)
def _assignment(names: tuple[str, ...]) -> re.Pattern[str]:
    """A line that begins with one of the names and assigns something."""
    return re.compile(r"^\b(?:" + "|".join(names) + r")\b[^=\n]*=.*", re.MULTILINE)


def read_answers(cells: Sequence[str], manifest: Manifest) -> tuple[dict[str, str], dict[str, Scalar]]:
    """Return the letters and the numbers found in the sources of code cells.

    A name maps to its letter or number, or to what stood there and what to type instead; a blank or missing one is
    absent. The text goes on from "choice_1 is".
    """
    letters, numbers = manifest.named("letter"), manifest.named("number")
    names = (*letters, *numbers)
    values: dict[str, ast.expr | None] = {}
    budget = MAX_PARSED
    for source in reversed(cells):
        if _name(names).search(source):
            is_short = len(source) <= budget
            budget -= len(source) if is_short else 0
            values = {**(_assigned(source, names) if is_short else _assigned_in_lines(source, names)), **values}
    return (
        {name: _letter(name, values[name]) for name in letters if name in values},
        {name: _finite(name, values[name]) for name in numbers if name in values},
    )


def _assigned(source: str, names: tuple[str, ...]) -> dict[str, ast.expr | None]:
    """The last non-blank value that a cell assigns to each of the names; None where the line is no Python."""
    source = _MAGIC.sub("", without_indent(source))
    try:
        return _last_values(_parse(source), names)
    except _PARSE_ERRORS:  # the mistake may stand in another line of the cell
        return _assigned_in_lines(source, names)


def _assigned_in_lines(source: str, names: tuple[str, ...]) -> dict[str, ast.expr | None]:
    """The same of those lines alone that begin with the name, each by itself."""
    found: dict[str, ast.expr | None] = {}
    for line in _assignment(names).findall(source)[-MAX_LINES:]:
        try:
            found.update(_last_values(_parse(_short(line)), names))
        except _PARSE_ERRORS:
            found.update(dict.fromkeys(_name(names).findall(line.split("=")[0])))
    return found


def _short(line: str) -> str:
    """The line; raises ValueError where it is too long to be an answer."""
    if len(line) > MAX_LINE:
        raise ValueError("a line that is too long")
    return line


def _parse(source: str) -> ast.Module:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # such as an invalid escape in a string: the student's business
        return ast.parse(source)


def _last_values(module: ast.Module, names: tuple[str, ...]) -> dict[str, ast.expr | None]:
    bindings = (binding for statement in module.body for binding in _bindings(statement))
    return {name: value for name, value in bindings if name in names and not _is_blank(value)}


def _bindings(statement: ast.stmt) -> Iterator[tuple[str, ast.expr]]:
    """The (name, value) pairs of an assignment: plain, annotated, chained or of a tuple."""
    if isinstance(statement, ast.Assign):
        targets, value = statement.targets, statement.value
    elif isinstance(statement, ast.AnnAssign) and statement.value is not None:
        targets, value = [statement.target], statement.value
    else:
        return
    for target in targets:
        yield from _unpacked(target, value)


def _unpacked(target: ast.expr, value: ast.expr) -> Iterator[tuple[str, ast.expr]]:
    """The names in a target with what each is given; all of it where the shapes differ."""
    if isinstance(target, ast.Name):
        yield target.id, value
    names, values = _elements(target), _elements(value)
    if len(values) != len(names):
        values = [value] * len(names)
    for name, each in zip(names, values, strict=True):
        yield from _unpacked(name, each)


def _elements(node: ast.expr) -> list[ast.expr]:
    return node.elts if isinstance(node, ast.Tuple | ast.List) else []


def _is_blank(value: ast.expr) -> bool:
    if not isinstance(value, ast.Constant):
        return False
    return value.value in (None, ...) or (isinstance(value.value, str) and not value.value.strip())


def _letter(name: str, value: ast.expr | None) -> str:
    if isinstance(value, ast.Constant) and isinstance(value.value, str):
        match = _LETTER.fullmatch(value.value.strip())
        if match:
            return match[1].upper()
    return f'not a letter from A to E in quotes (type it as in {name} = "A")'


def _finite(name: str, value: ast.expr | None) -> Scalar:
    try:
        number = math.nan if value is None else _number(value)
    except (ValueError, ArithmeticError, RecursionError):
        number = math.nan
    if math.isfinite(number):
        return number
    return f"not a number written out (type it with a decimal point, as in {name} = 12.3)"


def _number(node: ast.expr) -> float:
    """Evaluate arithmetic on literals, in floats throughout, so that no step can grow.

    ``np.float64(497.7)`` counts as a literal: it is what NumPy 2 shows for a number. Raises ValueError for anything
    else, ArithmeticError where the arithmetic fails.
    """
    match node:
        case ast.Constant(value=int() | float() | str() as value) if not isinstance(value, bool):
            return float(value)
        case ast.UnaryOp(op=ast.USub(), operand=operand):
            return -_number(operand)
        case ast.UnaryOp(op=ast.UAdd(), operand=operand):
            return _number(operand)
        case ast.BinOp(left=left, op=sign, right=right) if type(sign) in _OPERATIONS:
            return float(_OPERATIONS[type(sign)](_number(left), _number(right)))
        case ast.Call(func=ast.Name(id="round") | ast.Attribute(attr="round"), args=[number, *digits], keywords=given):
            places = [*digits, *(keyword.value for keyword in given if keyword.arg in ("ndigits", "decimals"))]
            if len(places) == len(digits) + len(given) < 2:
                return round(_number(number), int(_number(places[0])) if places else 0)
        case ast.Call(func=ast.Name(id="abs"), args=[number], keywords=[]):
            return abs(_number(number))
        case ast.Call(
            func=ast.Name(id="float") | ast.Attribute(attr="float64" | "float32"), args=[number], keywords=[]
        ):
            return _number(number)
    raise ValueError("not a number written out")
