"""Which statements of a submission are worth running."""

from __future__ import annotations

import ast

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
