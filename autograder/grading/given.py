"""The definitions in the notebook's own cells. Every submission is graded with them."""

from __future__ import annotations

import ast
from functools import lru_cache

from autograder.vocabulary import Assignment
from autograder.wire.cells import harmless_calls, is_definition
from autograder.wire.statements import readable


def definitions(assignment: Assignment) -> str:
    """Return the source of one module with the notebook's definitions.

    These are imports, functions, classes, the statements that attach something to a class, and constants.

    Raises ``SyntaxError`` if a part of a cell cannot be read, which is the author's fault.
    """
    return _definitions(assignment.cells(), harmless_calls(assignment.manifest.harmless))


@lru_cache(maxsize=4)
def _definitions(cells: tuple[str, ...], harmless: frozenset[str]) -> str:
    read = [readable(source, "<notebook>") for source in cells]
    if left_out := [one for cell in read for one in cell.left_out]:
        raise SyntaxError(str(left_out[0]))
    nodes = (node for cell in read for node in cell.statements)
    return "\n".join(ast.unparse(node) for node in nodes if is_definition(node, harmless) or _names_constant(node))


def _names_constant(node: ast.stmt) -> bool:
    if not isinstance(node, ast.Assign | ast.AnnAssign) or node.value is None:
        return False
    return not any(isinstance(part, ast.Call | ast.Name) for part in ast.walk(node.value))
