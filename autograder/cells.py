"""From the text of a notebook's cell to the statements that are worth running."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator

from autograder.records import LoadMode

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


def is_wanted(node: ast.stmt, mode: LoadMode) -> bool:
    """Whether ``node`` is run in this mode: everything as submitted, else definitions and plain assignments."""
    return mode == "as_submitted" or is_definition(node) or isinstance(node, (ast.Assign, ast.AnnAssign))


def _is_setattr(node: ast.stmt) -> bool:
    call = node.value if isinstance(node, ast.Expr) else None
    return isinstance(call, ast.Call) and isinstance(call.func, ast.Name) and call.func.id == "setattr"


def _assigns_attribute(node: ast.stmt) -> bool:
    return isinstance(node, ast.Assign) and any(isinstance(target, ast.Attribute) for target in node.targets)


def stub_functions(node: ast.stmt) -> Iterator[tuple[str, int]]:
    """Name and first line of every function in ``node`` that was left blank: nothing but ``NotImplementedError``."""
    for inner in ast.walk(node):
        if isinstance(inner, ast.FunctionDef) and _is_blank(inner):
            yield inner.name, min([inner.lineno, *(decorator.lineno for decorator in inner.decorator_list)])


def _is_blank(function: ast.FunctionDef) -> bool:
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
