"""From the text of a notebook's cell to the statements that are worth running."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator

from autograder.vocabulary import LoadMode

_KEPT_MAGICS = ("time", "timeit", "capture", "prun")
"""Cell magics whose cell is Python all the same."""
_INDENT = re.compile(r"\n*([ \t]+)\S")
_MAGIC = re.compile(r"(?P<indent>\s*)(?:[%!?]|\w[\w, ]*=\s*[%!]|[\w.%]+\?{1,2}\s*$)")
_DEFINITIONS = (ast.Import, ast.ImportFrom, ast.FunctionDef, ast.ClassDef)
_ASSIGNMENTS = (ast.Assign, ast.AnnAssign, ast.AugAssign)
_BLOCKS = (ast.If, ast.Try, ast.With, ast.For)
_SHOWS = ("print", "display", "draw", "plt", "grader", "help", "table", "input")
_SETS_UP = ("np", "random", "gc", "sys", "warnings", "time")
_HARMLESS = frozenset((*_SHOWS, *_SETS_UP))
_HARMLESS_METHODS = frozenset({"backward", "zero_grad", "show", "check"})


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


def is_definition(node: ast.stmt) -> bool:
    """Whether ``node`` imports, defines a function or class, or attaches one to a class; or is a block of such."""
    return isinstance(node, _DEFINITIONS) or _is_setattr(node) or _assigns_attribute(node) or _is_block(node)


def is_wanted(node: ast.stmt, mode: LoadMode) -> bool:
    """Whether ``node`` is run in this mode: everything as submitted, else definitions and plain assignments."""
    return mode == "as_submitted" or is_definition(node) or isinstance(node, _ASSIGNMENTS)


def may_matter(node: ast.stmt) -> bool:
    """Whether a statement that is not wanted may be what a definition builds on, and does more than compute and show.

    Calls such as ``table.update(...)`` or ``attach("relu", f)``, and blocks that define, attach, choose or fill in.
    """
    if isinstance(node, ast.Expr):
        return any(isinstance(part, ast.Call) and not _only_shows(part) for part in ast.walk(node.value))
    return isinstance(node, _BLOCKS) and any(
        isinstance(part, _DEFINITIONS)
        or _is_setattr(part)
        or (isinstance(part, ast.Subscript) and isinstance(part.ctx, ast.Store))
        or (isinstance(node, ast.If | ast.Try) and isinstance(part, _ASSIGNMENTS))
        for part in ast.walk(node)
    )


def _only_shows(call: ast.Call) -> bool:
    """Whether a call is one of those that are made to look at something, and that every notebook is full of."""
    if isinstance(call.func, ast.Attribute) and call.func.attr in _HARMLESS_METHODS:
        return True
    root: ast.expr = call.func
    while isinstance(root, ast.Attribute | ast.Call | ast.Subscript):
        root = root.func if isinstance(root, ast.Call) else root.value
    return not isinstance(root, ast.Name) or root.id in _HARMLESS


def _is_block(node: ast.stmt) -> bool:
    """``if``, ``try``, ``with`` or ``for`` around definitions and what prepares them, and nothing that takes time."""
    if not isinstance(node, _BLOCKS):
        return False
    inner = [part for part in ast.walk(node) if isinstance(part, ast.stmt) and part is not node]
    return _has_definition(node) and all(map(_may_stand_in_a_block, _own_statements(inner)))


def _has_definition(node: ast.stmt) -> bool:
    return any(isinstance(part, _DEFINITIONS) or _is_setattr(part) for part in ast.walk(node))


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


def _may_stand_in_a_block(node: ast.stmt) -> bool:
    if isinstance(node, ast.Expr):
        return not isinstance(node.value, ast.Call) or _is_setattr(node) or _only_shows(node.value)
    return isinstance(node, (*_DEFINITIONS, *_ASSIGNMENTS, *_BLOCKS, ast.Pass, ast.Raise))


def _is_setattr(node: ast.AST) -> bool:
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
