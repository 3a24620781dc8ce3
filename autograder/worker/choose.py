"""Which statements of a submission are worth running."""

from __future__ import annotations

import ast

from autograder.vocabulary import LoadMode
from autograder.wire.cells import ASSIGNMENTS, is_definition


def is_wanted(node: ast.stmt, mode: LoadMode, harmless: frozenset[str]) -> bool:
    """Whether ``node`` is run in this mode: everything as submitted, else definitions and plain assignments."""
    return mode == "as_submitted" or is_definition(node, harmless) or isinstance(node, ASSIGNMENTS)
