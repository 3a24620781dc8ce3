"""Which statements of a submission are worth running, and which functions in them were left blank."""

from __future__ import annotations

import ast
from collections.abc import Iterator

from autograder.vocabulary import LoadMode
from autograder.wire.cells import ASSIGNMENTS, BLOCKS, DEFINITIONS, is_definition, is_harmless, is_setattr


def is_wanted(node: ast.stmt, mode: LoadMode, harmless: frozenset[str]) -> bool:
    """Whether ``node`` is run in this mode: everything as submitted, else definitions and plain assignments."""
    return mode == "as_submitted" or is_definition(node, harmless) or isinstance(node, ASSIGNMENTS)


def may_matter(node: ast.stmt, harmless: frozenset[str]) -> bool:
    """Whether a statement that is not wanted may be what a definition builds on, and does more than compute and show.

    Calls such as ``known.update(...)`` or ``attach("name", f)``, and blocks that define, attach, choose or fill in.
    """
    if isinstance(node, ast.Expr):
        return any(isinstance(part, ast.Call) and not is_harmless(part, harmless) for part in ast.walk(node.value))
    return isinstance(node, BLOCKS) and any(
        isinstance(part, DEFINITIONS)
        or is_setattr(part)
        or (isinstance(part, ast.Subscript) and isinstance(part.ctx, ast.Store))
        or (isinstance(node, ast.If | ast.Try) and isinstance(part, ASSIGNMENTS))
        for part in ast.walk(node)
    )


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
