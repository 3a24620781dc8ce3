"""Students' own cells as syntax trees; no student code runs."""

from __future__ import annotations

import ast
import io
import tokenize
import warnings
from collections.abc import Iterable, Iterator
from functools import lru_cache

from autograder.assignment import ASSIGNMENT
from autograder.wire.statements import readable

MAX_CELL = 20_000
"""Maximum length of a cell that is looked at, in characters; answers have some hundreds, and parsing takes time."""

METHODS = frozenset(ASSIGNMENT.manifest.methods.values())
"""Names of the methods that students write."""
_ANSWERED = {method: question for question, method in ASSIGNMENT.manifest.methods.items()} | {
    answer.name: answer.question for answer in ASSIGNMENT.manifest.answers
}
"""Question of each method, and of each answer that is typed in."""
MAX_CELLS = 60
"""Maximum number of a student's own cells that are looked at; the notebook asks for eight."""


def own_cells(cells: Iterable[str]) -> list[str]:
    """Return the cells that the student wrote; cells of the released notebook and very long cells are left out."""
    given = _given()
    return [cell for cell in cells if cell.strip() not in given and len(cell) <= MAX_CELL][:MAX_CELLS]


def by_question(cells: Iterable[str]) -> dict[str, list[str]]:
    """Sort cells by question; a cell that answers several is under each, one that answers none is under ""."""
    found: dict[str, list[str]] = {question: [] for question in (*ASSIGNMENT.manifest.questions, "")}
    for cell in cells:
        answered = {_ANSWERED[name] for node in nodes(cell) for name in _given_names(node) if name in _ANSWERED}
        for question in answered or {""}:
            found[question].append(cell)
    return found


def _given_names(node: ast.AST) -> Iterator[str]:
    """Yield the names of functions, attributes and variables that a node of the syntax tree gives a value."""
    if isinstance(node, ast.FunctionDef):
        yield node.name
    elif isinstance(node, ast.Call) and _name(node.func) == "setattr" and len(node.args) == 3:
        yield str(getattr(node.args[1], "value", ""))
    elif isinstance(node, (ast.Assign, ast.AnnAssign)):
        targets = node.targets if isinstance(node, ast.Assign) else [node.target]
        yield from (_name(part) for target in targets for part in (target, *getattr(target, "elts", ())))


@lru_cache(maxsize=1)
def _given() -> frozenset[str]:
    return frozenset(cell.strip() for cell in ASSIGNMENT.cells())


@lru_cache(maxsize=64)  # the cells of one student are asked for several times in a row
def nodes(cell: str) -> tuple[ast.AST, ...]:
    """Return all nodes of a cell's syntax tree, its statements first; parts that cannot be parsed are left out."""
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # Python warns of odd escapes and comparisons in students' code
            return tuple(ast.walk(ast.Module(readable(cell, "cell").statements, [])))[1:]
    except (RecursionError, MemoryError):
        return ()


def comments(cell: str) -> Iterator[str]:
    """Yield the comments of a cell, up to the first place that is not Python."""
    try:
        for token in tokenize.generate_tokens(io.StringIO(cell).readline):
            if token.type == tokenize.COMMENT:
                yield token.string.lstrip("# ").rstrip()
    except (tokenize.TokenError, SyntaxError, UnicodeError):  # from Python 3.12 on, half a surrogate pair is the last
        return


def answering_functions(cells: Iterable[str]) -> list[ast.FunctionDef | ast.Lambda]:
    """Find the functions that answer the questions: those that are or become methods, and those that they call."""
    functions: dict[str, list[ast.FunctionDef | ast.Lambda]] = {}
    wanted = {*METHODS}
    for node in (node for cell in cells for node in nodes(cell)):
        if isinstance(node, ast.FunctionDef):
            functions.setdefault(node.name, []).append(node)
        elif isinstance(node, ast.Assign) and isinstance(node.value, ast.Lambda):
            for target in node.targets:
                functions.setdefault(_name(target), []).append(node.value)
        wanted |= _attached(node)
    found: dict[int, ast.FunctionDef | ast.Lambda] = {}
    todo = sorted(wanted)
    seen = set(todo)
    while todo:
        for function in functions.get(todo.pop(), ()):
            found[id(function)] = function
            called = {_name(part) for part in ast.walk(function) if isinstance(part, (ast.Name, ast.Attribute))}
            todo += sorted(called - seen)
            seen |= called
    return [*found.values()]


def _attached(node: ast.AST) -> set[str]:
    """Return the function that a node makes a method, as ``setattr(Class, "name", f)`` or ``Class.name = f`` do."""
    if isinstance(node, ast.Call) and _name(node.func) == "setattr" and len(node.args) == 3:
        called = node.args[1]
        if isinstance(called, ast.Constant) and called.value in METHODS:
            return {_name(node.args[2])}
    if isinstance(node, ast.Assign) and any(
        isinstance(target, ast.Attribute) and target.attr in METHODS for target in node.targets
    ):
        return {_name(node.value)}
    return set()


def _name(node: ast.AST) -> str:
    return node.id if isinstance(node, ast.Name) else node.attr if isinstance(node, ast.Attribute) else ""
