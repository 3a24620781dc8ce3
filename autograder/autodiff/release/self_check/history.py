"""The history of the notebook: the cells that were run, and the names that the methods use."""

from __future__ import annotations

import ast
from collections.abc import Iterator, Mapping
from types import CodeType
from typing import Any

from autograder.wire.cells import attaches

from .filled_in import METHODS


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
